package org.goaway.protocol.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.goaway.protocol.task.TaskMessage.Missing;
import org.goaway.protocol.task.TaskMessage.Out;
import org.goaway.protocol.task.TaskMessage.Room;
import org.junit.jupiter.api.Test;

/** One member without a network. */
class AdmissionsTest {

    private static final MemberId SPAWNER = new MemberId(0, 1);
    private static final MemberId SELF = new MemberId(0, 2);
    private static final MemberId OTHER = new MemberId(0, 3);
    private static final Message WORK = new Job.Answer(0, 0);
    private static final Message UNHELD = new Job.Answer(0, 1);

    private final List<String> done = new ArrayList<>();
    private final List<TaskMessage> sent = new ArrayList<>();
    private final List<Finished> again = new ArrayList<>();
    private final Admissions<String> admissions = new Admissions<>(SELF, new Port(), 0);

    private class Port implements RunnerPort<String> {
        @Override
        public void send(MemberId to, TaskMessage message) {
            sent.add(message);
        }

        @Override
        public void tellAgain(MemberId spawner, Finished end) {
            again.add(end);
        }

        @Override
        public String start(MemberId spawner, long number, int attempt, long stint, Message content) {
            String task = number + "/" + attempt;
            done.add("start " + task);
            return task;
        }

        @Override
        public void cancel(String task, boolean interrupt) {
            done.add("cancel " + task);
        }

        @Override
        public void supersede(String task) {
            done.add("supersede " + task);
        }
    }

    private void envelope(long task, MemberId target, long stint) {
        admissions.onEnvelope(SPAWNER, new Envelope(task, WORK, target, 1, stint));
    }

    private void assign(long stint, long... tasks) {
        List<Long> numbers = new ArrayList<>();
        for (long task : tasks) {
            numbers.add(task);
        }
        admissions.onAssign(SPAWNER, new Assign(stint, 1, numbers, false));
    }

    private void remind(List<Long> tasks, List<Integer> bytes) {
        admissions.onAssign(SPAWNER, new Assign(1, 1, tasks, bytes, false));
    }

    private static Finished unheld(long task) {
        return new Finished(task, 1, UNHELD, false);
    }

    @Test
    void shouldStartWhatIsAssignedOnce() {
        envelope(1, SELF, 1);
        envelope(1, SELF, 1);
        envelope(2, null, 0);
        assertThat(done).containsExactly("start 1/1");

        assign(1, 1, 2);
        assign(1, 1, 2);
        assertThat(done).containsExactly("start 1/1", "start 2/1");
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldTellAnotherEndInPlaceOfOneThatCannotBeSentUntilTheSpawnerHasIt() {
        envelope(1, SELF, 1);
        admissions.ended(SPAWNER, 1, 1, new Job.Answer(1, 1), false);
        Finished unsendable = (Finished) sent.remove(0);
        Finished instead = new Finished(1, 1, WORK, false);

        admissions.replaceEnd(SPAWNER, unsendable, WORK);
        admissions.replaceEnd(SPAWNER, unsendable, WORK);
        assertThat(sent).as("once").containsExactly(instead);
        assign(1, 1);
        assertThat(again).as("as the spawner asked").containsExactly(instead);

        admissions.onDone(SPAWNER, new Done(List.of(1L), 2));
        admissions.replaceEnd(SPAWNER, instead, WORK);
        assertThat(sent).hasSize(1);
    }

    /** It would never ask for it, and a member that leaves would wait for it to do so. */
    @Test
    void shouldKeepNoEndThatItsSpawnerHasGivenUp() {
        envelope(1, SELF, 1);
        admissions.onDone(SPAWNER, new Done(List.of(1L), 2));
        admissions.ended(SPAWNER, 1, 1, new Job.Answer(1, 1), false);

        assertThat(sent).isEmpty();
        assertThat(admissions.areResultsKnown()).isTrue();
        assertThat(admissions.running(SPAWNER, 1)).isNull();
    }

    @Test
    void shouldKnowATaskAsRunningUntilItsEndIsKept() {
        boolean[] full = {true};
        Admissions<String> few = new Admissions<>(SELF, new Port(), 0) {
            @Override
            void keep(Origin<String> origin, Finished end) {
                if (full[0]) {
                    throw new OutOfMemoryError("none left for an end");
                }
                super.keep(origin, end);
            }
        };
        few.onEnvelope(SPAWNER, new Envelope(1, WORK, SELF, 1, 1));
        assertThatThrownBy(() -> few.ended(SPAWNER, 1, 1, WORK, false)).isInstanceOf(OutOfMemoryError.class);
        few.onAssign(SPAWNER, new Assign(1, 1, List.of(1L), false));
        assertThat(sent).as("it is not missing").isEmpty();

        full[0] = false;
        few.ended(SPAWNER, 1, 1, WORK, false);
        few.ended(SPAWNER, 1, 1, new Job.Answer(1, 1), false);
        assertThat(sent).containsExactly(new Finished(1, 1, WORK, false));
    }

    @Test
    void shouldStartWhatMovesHere() {
        envelope(1, OTHER, 1);
        admissions.onAssign(SPAWNER, new Assign(1, 2, List.of(1L), false));

        assertThat(done).containsExactly("start 1/2");
    }

    @Test
    void shouldSayWhatItLacks() {
        envelope(1, null, 0);
        assign(1, 1, 2, 3);

        assertThat(sent).containsExactly(new Missing(1, List.of(2L, 3L)));
    }

    @Test
    void shouldEndWhatItLacksForWantOfMemory() {
        admissions.onUnheld(SPAWNER, 1000, UNHELD);
        remind(List.of(1L), List.of(950));
        assertThat(sent).containsExactly(unheld(1));

        envelope(1, SELF, 1);
        assertThat(done).as("not even if it comes later").isEmpty();
        remind(List.of(2L), List.of(950));
        assertThat(again).containsExactly(unheld(1));
        assertThat(sent).as("of another task").containsExactly(unheld(1), new Missing(1, List.of(2L)));
    }

    @Test
    void shouldEndOnlyTheTaskWhoseEnvelopeWasOfTheSizeThatDidNotFit() {
        admissions.onUnheld(SPAWNER, 1000, UNHELD);
        assign(1, 2);
        assertThat(sent).as("of unknown size").containsExactly(new Missing(1, List.of(2L)));

        sent.clear();
        remind(List.of(1L, 2L, 3L), List.of(500, 980, 1001));
        assertThat(sent).containsExactly(unheld(2), new Missing(1, List.of(1L, 3L)));
    }

    @Test
    void shouldTakeMessagesOfOneSizeForCopiesOfOneEnvelope() {
        admissions.onUnheld(SPAWNER, 1000, UNHELD);
        admissions.onUnheld(SPAWNER, 1000, UNHELD);
        remind(List.of(1L, 2L), List.of(980, 980));
        assertThat(sent).containsExactly(unheld(1), new Missing(1, List.of(2L)));

        sent.clear();
        admissions.onUnheld(SPAWNER, 1000, UNHELD);
        remind(List.of(2L), List.of(980));
        assertThat(sent).as("it does not fit either").containsExactly(unheld(2));
    }

    @Test
    void shouldAskForWhatItLacksLongAfterMemoryWasMissing() {
        admissions.onUnheld(SPAWNER, 1000, UNHELD);
        admissions.onTick(3 * Assignments.REPEAT_NANOS);
        remind(List.of(1L), List.of(980));

        assertThat(sent).containsExactly(new Missing(1, List.of(1L)));
    }

    @Test
    void shouldTellAnEndAgainUntilItIsKnown() {
        envelope(1, SELF, 1);
        admissions.ended(SPAWNER, 1, 1, WORK, false);
        assign(1, 1);
        Finished end = new Finished(1, 1, WORK, false);
        admissions.onCancel(SPAWNER, new Cancel(1, 1, true));
        assertThat(sent).containsExactly(end);
        assertThat(again).containsExactly(end, end);

        admissions.onDone(SPAWNER, new Done(List.of(1L), 1));
        assign(1, 1);
        envelope(1, SELF, 1);
        assertThat(sent).hasSize(1);
        assertThat(again).hasSize(2);
        assertThat(done).hasSize(1);
    }

    @Test
    void shouldNotStartTaskWhoseCancelOvertookIt() {
        admissions.onCancel(SPAWNER, new Cancel(1, 7, true));
        envelope(7, SELF, 1);

        assertThat(sent).containsExactly(new Finished(7, 1, null, false));
        assertThat(again).containsExactly(new Finished(7, 1, null, false));
        assertThat(done).isEmpty();
    }

    @Test
    void shouldEndTheFormerStintWhenItHearsOfTheNext() {
        envelope(1, SELF, 1);
        admissions.onAssign(SPAWNER, new Assign(2, 1, List.of(), false));
        admissions.ended(SPAWNER, 1, 1, WORK, false);
        envelope(2, SELF, 1);

        assertThat(done).containsExactly("start 1/1", "supersede 1/1");
        assertThat(sent).containsExactly(new Room(2, 0));
    }

    @Test
    void shouldRefuseTheStintThatItHasEndedItself() {
        envelope(1, SELF, 1);
        admissions.onGone(SPAWNER);
        assign(1, 1);
        assertThat(done).containsExactly("start 1/1", "supersede 1/1");
        assertThat(sent).containsExactly(new Out(1), new Out(1));

        admissions.onBack(SPAWNER);
        envelope(1, SELF, 2);
        assertThat(done).hasSize(3).last().isEqualTo("start 1/1");
    }

    /** The spawner may have learned first that both are together again. */
    @Test
    void shouldStartTasksOfALostSpawnerOnlyWhenItIsBack() {
        envelope(1, SELF, 1);
        admissions.onGone(SPAWNER);
        envelope(2, SELF, 2);
        envelope(3, OTHER, 2);
        assign(2, 2);
        assertThat(done).containsExactly("start 1/1", "supersede 1/1");
        assertThat(sent).containsExactly(new Out(1));

        admissions.onBack(SPAWNER);
        assign(2, 2);
        assertThat(sent).hasSize(2).last().isEqualTo(new Missing(2, List.of(2L)));
        envelope(2, SELF, 2);
        assertThat(done).hasSize(3).last().isEqualTo("start 2/1");
    }

    @Test
    void shouldTellRoomOnlyWhereTasksWait() {
        admissions.room(SPAWNER, 2);
        assertThat(sent).isEmpty();

        admissions.onAssign(SPAWNER, new Assign(1, 1, List.of(), true));
        assertThat(admissions.backlogged()).containsExactly(SPAWNER);
        admissions.room(SPAWNER, 2);
        admissions.room(SPAWNER, 2);
        assertThat(sent).containsExactly(new Room(1, 0), new Room(1, 2));

        admissions.onTick(Assignments.REPEAT_NANOS);
        admissions.room(SPAWNER, 2);
        assertThat(sent).hasSize(3).last().isEqualTo(new Room(1, 2));
    }

    @Test
    void shouldStartATaskWhoseStartFailedWhenItIsRemindedOfIt() {
        boolean[] full = {true};
        Admissions<String> few = new Admissions<>(
                SELF,
                new Port() {
                    @Override
                    public String start(MemberId spawner, long number, int attempt, long stint, Message content) {
                        if (full[0]) {
                            throw new OutOfMemoryError("none left for a task");
                        }
                        return super.start(spawner, number, attempt, stint, content);
                    }
                },
                0);
        Envelope envelope = new Envelope(1, WORK, SELF, 1, 1);
        assertThatThrownBy(() -> few.onEnvelope(SPAWNER, envelope)).isInstanceOf(OutOfMemoryError.class);
        assertThat(few.running(SPAWNER, 1)).isNull();

        full[0] = false;
        few.onAssign(SPAWNER, new Assign(1, 1, List.of(1L), false));
        assertThat(sent).containsExactly(new Missing(1, List.of(1L)));
        few.onEnvelope(SPAWNER, envelope);
        few.onEnvelope(SPAWNER, envelope);
        assertThat(done).containsExactly("start 1/1");
        assertThat(few.running(SPAWNER, 1)).isEqualTo("1/1");
    }

    @Test
    void shouldKnowWhetherResultsHaveArrivedWhereSomebodyWaitsForThem() {
        envelope(1, SELF, 1);
        envelope(2, SELF, 1);
        assertThat(admissions.areResultsKnown()).as("none was sent").isTrue();

        admissions.ended(SPAWNER, 1, 1, null, true);
        assertThat(admissions.areResultsKnown())
                .as("one that moves is not done for long")
                .isTrue();
        admissions.ended(SPAWNER, 2, 1, WORK, false);
        assertThat(admissions.areResultsKnown()).isFalse();
        admissions.onDone(SPAWNER, new Done(List.of(2L), 1));
        assertThat(admissions.areResultsKnown()).isTrue();

        envelope(3, SELF, 1);
        admissions.ended(SPAWNER, 3, 1, WORK, false);
        admissions.onGone(SPAWNER);
        assertThat(admissions.areResultsKnown()).as("nobody is there").isTrue();
    }
}

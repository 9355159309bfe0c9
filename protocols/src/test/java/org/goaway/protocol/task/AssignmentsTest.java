package org.goaway.protocol.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

/** One spawner without a network, two members with two slots each; all tasks are for the first of them that is there. */
class AssignmentsTest {

    private static final long TICK = 10_000_000;
    private static final int BYTES = 70;
    private static final int MIB = 1 << 20;
    private static final int HUGE = 100 * MIB;
    private static final MemberId SPAWNER = new MemberId(0, 1);
    private static final MemberId ONE = new MemberId(0, 2);
    private static final MemberId OTHER = new MemberId(0, 3);
    private static final MemberId THIRD = new MemberId(0, 4);

    private final List<String> posted = new ArrayList<>();
    private final List<TaskMessage> sent = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Set<MemberId> behind = new HashSet<>();
    private int bytes = BYTES;
    private int leaves;
    private boolean unlimited;
    private MemberId bound;
    private boolean failing;
    private boolean failingThen;
    private boolean failingEnd;
    private final Map<MemberId, Integer> placed = new HashMap<>();
    private final Assignments assignments = new Assignments(SPAWNER, new Port(), 0);

    private final class Port implements SpawnerPort {
        @Override
        public void send(MemberId to, TaskMessage message) {
            sent.add(message);
        }

        @Override
        public void post(long task, Envelope envelope, boolean all) {
            posted.add(task + " for " + envelope.target() + (all ? " to all" : ""));
        }

        @Override
        public void repost(Envelope envelope) {
            posted.add(envelope.task() + " for " + envelope.target() + " again");
        }

        @Override
        public void tellAll(Done message) {
            sent.add(message);
        }

        @Override
        public int kind(int bytes) {
            return bytes < MIB ? 0 : bytes < HUGE ? 1 : 2;
        }

        @Override
        public boolean isBehind(MemberId member, int bytes) {
            return behind.contains(member) && bytes >= MIB && bytes > leaves;
        }

        @Override
        public int slots(MemberId member) {
            return 2;
        }
    }

    /** A task that retries once. */
    private final class Task implements Assignable {
        private final int size = bytes;
        private final boolean virtual = unlimited;
        private final MemberId only = bound;

        @Override
        public Message content() {
            return new Job.Answer(0, 0);
        }

        @Override
        public int bytes() {
            return size;
        }

        @Override
        public boolean isBound() {
            return only != null;
        }

        @Override
        public boolean isUnlimited() {
            return virtual;
        }

        @Override
        public boolean isShared() {
            return size < MIB && only == null;
        }

        @Override
        public int retries() {
            return 1;
        }

        @Override
        public MemberId place(Predicate<MemberId> usable) {
            if (failing) {
                failing = false;
                throw new OutOfMemoryError("none left for a place");
            }
            for (MemberId member : only == null ? List.of(ONE, OTHER, THIRD) : List.of(only)) {
                if (usable.test(member)) {
                    placed.merge(member, 1, Integer::sum);
                    return member;
                }
            }
            return null;
        }

        @Override
        public void leave(MemberId member) {
            placed.merge(member, -1, Integer::sum);
        }

        @Override
        public void placed(MemberId member, int attempt) {
            if (failingThen) {
                failingThen = false;
                throw new OutOfMemoryError("none left to note the place");
            }
        }

        @Override
        public void ended(End end) {
            if (failingEnd) {
                failingEnd = false;
                throw new OutOfMemoryError("none left for its end");
            }
            ended.add(end.member() + (end.result() == null ? " lost" : " done"));
        }
    }

    /** One task for each of these sizes. */
    private void submitOf(int... sizes) {
        for (int size : sizes) {
            bytes = size;
            submit(1);
        }
    }

    private void submit(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(assignments.submit(new Task(), null)).isPositive();
        }
    }

    private void finish(long task) {
        assignments.onFinished(ONE, new Finished(task, 1, new Job.Answer(task, 1), false));
    }

    private void finishAndAssign(long task) {
        finish(task);
        assignments.assignMore();
    }

    @Test
    void shouldAssignByTheEnvelopeAsManyAsThereAreSlots() {
        submit(2);

        assertThat(posted).containsExactly("1 for m2 to all", "2 for m2 to all");
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldQueueTheOthersAndSayThatThereAreMoreOnce() {
        submit(4);

        assertThat(posted)
                .containsExactly("1 for m2 to all", "2 for m2 to all", "3 for null to all", "4 for null to all");
        assertThat(sent).containsExactly(new Assign(1, 1, List.of(), true));
        assertThat(assignments.before(4)).isEqualTo(1);
    }

    @Test
    void shouldAssignWhatIsQueuedAsOthersEnd() {
        submit(4);
        sent.clear();
        finish(1);
        finish(2);
        assertThat(sent).isEmpty();
        assertThat(assignments.mayAssignMore()).isTrue();
        assignments.assignMore();

        assertThat(sent).containsExactly(new Assign(1, 1, List.of(3L, 4L), false));
        assertThat(assignments.mayAssignMore()).isFalse();
    }

    @Test
    void shouldAssignShortTasksAhead() {
        submit(100);
        for (long task = 1; task <= 20; task++) {
            finishAndAssign(task);
        }
        sent.clear();
        assignments.onTick(TICK);

        // 20 in 10 ms are 10 in 5 ms
        assertThat(sent.get(0))
                .isInstanceOfSatisfying(
                        Assign.class, ahead -> assertThat(ahead.tasks()).hasSize(10));

        sent.clear();
        assignments.onTick(2 * TICK);
        finishAndAssign(21);
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldAssignMoreWhereTasksWait() {
        submit(10);
        sent.clear();
        assignments.onRoom(ONE, new Room(1, 3));

        assertThat(sent).containsExactly(new Assign(1, 1, List.of(3L, 4L, 5L), true));
    }

    @Test
    void shouldSendTheEnvelopeToOneThatLacksIt() {
        submit(3);
        finishAndAssign(1);
        posted.clear();
        assignments.onMissing(ONE, new Missing(1, List.of(3L, 77L)));

        assertThat(posted).containsExactly("3 for m2 again");
    }

    @Test
    void shouldCountNoCancelledTaskThatHeedsNoInterrupt() {
        submit(4);
        assignments.onTick(TICK);
        assignments.cancel(1, true);
        assignments.cancel(2, false);
        sent.clear();
        assignments.onTick(2 * TICK);
        assertThat(sent).as("it may heed it yet").isEmpty();

        assignments.onTick(2 * TICK + Assignments.REPEAT_NANOS);
        assertThat(sent).startsWith(new Cancel(1, 1, true), new Cancel(1, 2, false));
        sent.clear();
        assignments.onTick(3 * TICK + Assignments.REPEAT_NANOS);
        assertThat(sent).containsExactly(new Assign(1, 1, List.of(3L), true));

        sent.clear();
        finish(1);
        assignments.onTick(4 * TICK + Assignments.REPEAT_NANOS);
        assertThat(ended).containsExactly("m2 done");
        assertThat(assigned()).as("counted once").isEmpty();
        finish(2);
        assignments.onTick(5 * TICK + Assignments.REPEAT_NANOS);
        assertThat(assigned()).containsExactly(4L);
    }

    private List<Long> assigned() {
        return sent.stream()
                .filter(Assign.class::isInstance)
                .flatMap(message -> ((Assign) message).tasks().stream())
                .toList();
    }

    @Test
    void shouldMoveByAssignmentAndRunAgainWithTheAttemptRaised() {
        submit(3);
        sent.clear();
        assignments.onGone(Set.of(ONE), Set.of());
        assignments.onTick(TICK);

        assertThat(ended).isEmpty();
        assertThat(posted).hasSize(3);
        assertThat(sent)
                .containsExactly(
                        new Assign(1, 2, List.of(1L), false),
                        new Assign(1, 2, List.of(2L), false),
                        new Assign(1, 1, List.of(), true));
        assertThat(assignments.running(OTHER, 1, 2)).isNotNull();
        assertThat(assignments.running(OTHER, 1, 1)).isNull();
        assertThat(assignments.running(ONE, 1, 2)).isNull();

        assignments.onGone(Set.of(OTHER), Set.of());
        assignments.onTick(2 * TICK);
        assertThat(ended).containsExactly("m3 lost", "m3 lost");
    }

    /** As when the spawner was out: nobody is left in between, but all are told of their new stints. */
    @Test
    void shouldLetTasksGoToAnyOfThoseThatAreLostAndBackAtOnce() {
        submit(5);
        sent.clear();
        assignments.onGone(Set.of(ONE, OTHER), Set.of(ONE, OTHER));
        assignments.onTick(TICK);

        assertThat(ended).isEmpty();
        assertThat(assignments.running(OTHER, 1, 2)).isNotNull();
        assertThat(assignments.running(OTHER, 2, 2)).isNotNull();
        assertThat(assignments.running(ONE, 3, 1)).isNotNull();
        assertThat(assignments.running(ONE, 4, 1)).isNotNull();
        assertThat(sent).contains(new Assign(2, 1, List.of(), true), new Assign(2, 1, List.of(), false));
    }

    /** Only what came there before was lost. */
    @Test
    void shouldKeepWhatIsStartedBeforeALossIsSettled() {
        submit(2);
        assignments.onGone(Set.of(ONE), Set.of(ONE));
        submit(1);
        assignments.onFinished(ONE, new Finished(1, 1, new Job.Answer(1, 1), false));
        assignments.onTick(TICK);

        assertThat(ended).as("the attempt counts no more").isEmpty();
        assertThat(assignments.running(ONE, 3, 1)).isNotNull();
        assertThat(assignments.running(OTHER, 1, 2)).isNotNull();
        assertThat(assignments.running(OTHER, 2, 2)).isNotNull();
    }

    /** It never left as far as its program has seen: this member was out. */
    @Test
    void shouldKeepWhatIsBoundAndHasNotStartedIfItsMemberIsBackAtOnce() {
        bound = ONE;
        submit(3);
        assignments.onGone(Set.of(ONE), Set.of(ONE));
        assignments.onTick(TICK);
        assertThat(ended).containsExactly("m2 lost", "m2 lost");
        assertThat(placed).containsEntry(ONE, 1);
        assertThat(assignments.isAssigned(3)).isTrue();
    }

    @Test
    void shouldEndWhatIsBoundToOneThatIsGoneOrGivesItBack() {
        bound = ONE;
        submit(3);
        assignments.onFinished(ONE, new Finished(1, 1, null, false));
        assertThat(ended).containsExactly("m2 lost");

        assignments.onGone(Set.of(ONE), Set.of());
        assignments.onTick(TICK);
        assertThat(ended).hasSize(3);
    }

    @Test
    void shouldPlaceTheRestThoughOneCannotBePlaced() {
        submit(3);
        assignments.onGone(Set.of(ONE), Set.of());
        failing = true;
        assertThatThrownBy(() -> assignments.onTick(TICK)).isInstanceOf(OutOfMemoryError.class);
        failingThen = true;
        assertThatThrownBy(() -> assignments.onTick(TICK)).isInstanceOf(OutOfMemoryError.class);

        assignments.onTick(2 * TICK);
        assertThat(List.of(1L, 2L)).allMatch(task -> assignments.running(OTHER, task, 2) != null);
        assertThat(placed).containsEntry(ONE, 0).containsEntry(OTHER, 3);
    }

    @Test
    void shouldMoveWithinASecondWhatCouldNotBePlacedWhenItWasGivenBack() {
        submit(1);
        failing = true;
        assertThatThrownBy(() -> assignments.onFinished(ONE, new Finished(1, 1, null, true)))
                .isInstanceOf(OutOfMemoryError.class);

        assignments.onTick(Assignments.REPEAT_NANOS);
        assertThat(assignments.running(OTHER, 1, 1)).isNotNull();
    }

    /** Whoever starts it hears of that. */
    @Test
    void shouldForgetATaskThatCouldNotBeStarted() {
        failingThen = true;
        assertThatThrownBy(() -> submit(1)).isInstanceOf(OutOfMemoryError.class);
        assignments.onTick(Assignments.REPEAT_NANOS);

        assertThat(assignments.numbers()).isEmpty();
        assertThat(placed).containsEntry(ONE, 0);
        assertThat(posted).isEmpty();
    }

    /** A member that is asked once more tells the same end. */
    @Test
    void shouldWaitForAnEndThatCouldNotBeTaken() {
        submit(1);
        failingEnd = true;
        assertThatThrownBy(() -> finish(1)).isInstanceOf(OutOfMemoryError.class);
        assignments.onTick(Assignments.REPEAT_NANOS);
        assertThat(assignments.running(ONE, 1, 1)).isNotNull();
        assertThat(assigned()).containsExactly(1L);

        finish(1);
        assertThat(ended).containsExactly("m2 done");
        assertThat(assignments.numbers()).isEmpty();
        assertThat(placed).containsEntry(ONE, 0);
    }

    @Test
    void shouldTakeOverFromAShorterQueueWhatTheLongestDoesNotHave() {
        bound = ONE;
        submit(5);
        bound = OTHER;
        submit(2);
        bound = null;
        assignments.submit(new Task(), OTHER);
        assignments.onPresent(THIRD);
        assignments.onTick(TICK);

        assertThat(assignments.running(THIRD, 8, 1)).isNotNull();
    }

    /** It hears nothing then, and what is assigned to it in vain would count as perhaps started. */
    @Test
    void shouldAssignNothingToOneThatTakesItForLostUntilThatAnswers() {
        bound = ONE;
        assignments.onOut(ONE, new Out(1));
        submit(1);
        unlimited = true;
        submit(1);
        assignments.onTick(TICK);
        assertThat(assigned()).isEmpty();
        assertThat(posted).isEmpty();

        assignments.onRoom(ONE, new Room(2, 0));
        assertThat(posted).containsExactly("1 for " + ONE, "2 for " + ONE);
        assertThat(ended).isEmpty();
    }

    /** The spawner knows already that they are together again, and that one does not. */
    @Test
    void shouldAssignNothingToOneThatHasNotAnsweredThoughItIsBack() {
        bound = ONE;
        assignments.onOut(ONE, new Out(1));
        assignments.onGone(Set.of(ONE), Set.of(ONE));
        submit(1);
        assertThat(posted).isEmpty();
        assertThat(sent).contains(new Assign(3, 1, List.of(), false));

        assignments.onRoom(ONE, new Room(3, 0));
        assertThat(posted).containsExactly("1 for " + ONE);
    }

    @Test
    void shouldGiveNothingMoreToOneThatLeaves() {
        submit(4);
        assignments.onFinished(ONE, new Finished(2, 1, null, true));

        assertThat(assignments.running(OTHER, 2, 1)).isNotNull();
        assertThat(assignments.running(OTHER, 3, 1)).isNotNull();
        assertThat(assignments.running(ONE, 1, 1)).isNotNull();
    }

    @Test
    void shouldGiveNothingMoreToOneThatTellsAResultAndLeaves() {
        submit(4);
        assignments.onFinished(ONE, new Finished(2, 1, new Job.Answer(2, 1), true));

        assertThat(assignments.leaving()).containsExactly(ONE);
        assertThat(ended).containsExactly("m2 done");
        assertThat(assignments.running(OTHER, 3, 1)).isNotNull();
        assertThat(assignments.running(OTHER, 4, 1)).isNotNull();
    }

    @Test
    void shouldRemindOfWhatHasNotEnded() {
        submit(2);
        assignments.cancel(2, true);
        sent.clear();
        assignments.onTick(Assignments.REPEAT_NANOS);

        assertThat(sent)
                .containsExactlyInAnyOrder(
                        new Assign(1, 1, List.of(1L), List.of(BYTES), false), new Cancel(1, 2, true));
    }

    @Test
    void shouldEndAtOnceWhatIsCancelledBeforeItIsAssigned() {
        submit(3);
        sent.clear();
        assignments.cancel(3, true);
        assignments.onTick(TICK);

        assertThat(ended).containsExactly("m2 lost");
        assertThat(sent).containsExactly(new Assign(1, 1, List.of(), false), new Done(List.of(3L), 1));
    }

    @Test
    void shouldTellWhichEndsAreKnown() {
        submit(3);
        finishAndAssign(1);
        finish(3);
        sent.clear();
        assignments.onTick(TICK);

        assertThat(sent.get(sent.size() - 1)).isEqualTo(new Done(List.of(1L, 3L), 2));
    }

    @Test
    void shouldLetAMemberThatComesTakeOverWhatWaits() {
        submit(6);
        posted.clear();
        sent.clear();

        assignments.onPresent(OTHER);
        assignments.onTick(TICK);

        assertThat(sent).containsExactly(new Assign(1, 1, List.of(3L, 4L), false));
        assertThat(assignments.isAssigned(4)).isTrue();
        assertThat(assignments.isAssigned(5)).isFalse();
        assertThat(assignments.running(OTHER, 3, 1)).isNotNull();
        assertThat(assignments.before(6)).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatIsLargeWhileMuchWaitsToLeaveForItsMember() {
        bytes = MIB;
        behind.add(ONE);
        submit(2);
        assignments.onTick(TICK);
        assertThat(posted).isEmpty();

        behind.clear();
        sent.clear();
        assignments.onTick(2 * TICK);
        assertThat(posted).containsExactly("1 for m2", "2 for m2");
        assertThat(sent).containsExactly(new Assign(1, 1, List.of(), false));
    }

    @Test
    void shouldLetOthersPassWhatHasToWaitSinceItIsLarge() {
        behind.add(ONE);
        bytes = MIB;
        submit(1);
        bytes = BYTES;
        submit(1);
        assignments.onTick(TICK);
        assertThat(assignments.isAssigned(1)).isFalse();
        assertThat(assignments.isAssigned(2)).isTrue();
    }

    @Test
    void shouldLetSmallOnesPassHoweverManyLargeOnesWait() {
        submit(2);
        bytes = MIB;
        behind.add(ONE);
        submit(200);
        bytes = BYTES;
        submit(3);
        sent.clear();
        finishAndAssign(1);
        finishAndAssign(2);

        assertThat(assigned()).containsExactly(203L, 204L);
    }

    @Test
    void shouldLetALargeVirtualTaskPassHoweverManyWaitForSlots() {
        submit(200);
        bytes = MIB;
        unlimited = true;
        behind.add(ONE);
        submit(1);
        assertThat(assignments.isAssigned(201)).isFalse();

        behind.clear();
        assignments.onTick(TICK);
        assertThat(assignments.isAssigned(201)).isTrue();
        assertThat(assignments.isAssigned(3)).isFalse();
    }

    @Test
    void shouldServeThoseThatWaitForTheSameInTheOrderInWhichTheyCame() {
        behind.add(ONE);
        leaves = MIB;
        bytes = 2 * MIB;
        submit(1);
        bytes = MIB;
        submit(1);
        assignments.onTick(TICK);
        assertThat(assignments.isAssigned(2)).as("it would fit").isFalse();

        leaves = 2 * MIB;
        assignments.onTick(2 * TICK);
        assertThat(posted).containsExactly("1 for m2", "2 for m2");
    }

    @Test
    void shouldLetNoVirtualTaskPassALargerOneThatWaitsForTheSameNetwork() {
        behind.add(ONE);
        leaves = MIB;
        bytes = 2 * MIB;
        submit(1);
        bytes = MIB;
        unlimited = true;
        submit(1);
        assignments.onTick(TICK);
        assertThat(assignments.isAssigned(2)).as("it would fit").isFalse();

        bytes = HUGE;
        submit(1);
        unlimited = false;
        leaves = 2 * MIB;
        assignments.onTick(2 * TICK);
        assertThat(posted).containsExactly("1 for m2", "2 for m2");

        leaves = HUGE;
        submit(1);
        assertThat(assignments.isAssigned(4)).as("the virtual one was first").isFalse();
        assignments.onTick(3 * TICK);
        assertThat(posted).containsExactly("1 for m2", "2 for m2", "3 for m2", "4 for m2");
    }

    @Test
    void shouldLetAVirtualTaskPassALargerOneOfItsKindThatWaitsForASlotToo() {
        submit(2);
        behind.add(ONE);
        leaves = MIB;
        bytes = 2 * MIB;
        submit(1);
        bytes = MIB;
        unlimited = true;
        submit(1);
        assertThat(assignments.isAssigned(4)).isTrue();

        finishAndAssign(1);
        submit(1);
        assertThat(assignments.isAssigned(5))
                .as("the other lacks the network only")
                .isFalse();
        assertThat(assignments.isAssigned(3)).isFalse();
    }

    @Test
    void shouldCountThoseBeforeThatWaitForTheSame() {
        submit(4);
        behind.add(ONE);
        bytes = MIB;
        unlimited = true;
        submit(2);
        bytes = HUGE;
        submit(1);
        unlimited = false;
        bytes = MIB;
        submit(1);
        assertThat(assignments.before(4)).as("for a slot").isEqualTo(1);
        assertThat(assignments.before(6)).as("for the network").isEqualTo(1);
        assertThat(assignments.before(7)).as("the first of its kind").isZero();
        assertThat(assignments.before(8)).as("for both").isEqualTo(4);
    }

    @Test
    void shouldServeThoseThatMayLeaveInTheOrderInWhichTheyCame() {
        submit(2);
        behind.add(ONE);
        bytes = HUGE;
        submit(1);
        bytes = BYTES;
        submit(1);
        bytes = MIB;
        submit(1);
        bytes = BYTES;
        submit(1);
        leaves = MIB;
        for (long task : new long[] {1, 2, 4, 5}) {
            finishAndAssign(task);
        }
        assertThat(assignments.isAssigned(6)).isTrue();
        assertThat(assignments.isAssigned(3)).isFalse();
        assertThat(posted).endsWith("5 for m2").doesNotContain("3 for m2");
        assertThat(assigned()).containsExactly(4L, 6L);
    }

    @Test
    void shouldLetAMemberTakeOverSmallOnesHoweverManyLargeOnesWaitBeforeThem() {
        submit(2);
        bytes = MIB;
        submit(200);
        bytes = BYTES;
        submit(1);
        behind.add(OTHER);
        assignments.onPresent(OTHER);
        assignments.onTick(TICK);

        assertThat(assignments.running(OTHER, 203, 1)).isNotNull();
    }

    @Test
    void shouldPassWhatAMemberMayNotRunWhenItTakesOver() {
        submit(2);
        bound = ONE;
        submitOf(2 * MIB, MIB);
        bound = null;
        submitOf(MIB);
        behind.add(OTHER);
        leaves = MIB;
        assignments.onPresent(OTHER);
        assignments.onTick(TICK);

        assertThat(assignments.running(OTHER, 5, 1)).isNotNull();
        assertThat(placed).containsEntry(ONE, 4).containsEntry(OTHER, 1);
    }

    @Test
    void shouldTakeOverNothingThatIsBehindNorWhatCameLater() {
        submit(2);
        submitOf(MIB, 2 * MIB, MIB);
        behind.add(OTHER);
        leaves = MIB;
        assignments.onPresent(OTHER);
        assignments.onTick(TICK);

        assertThat(assignments.running(OTHER, 3, 1)).isNotNull();
        assertThat(placed).containsEntry(ONE, 4).containsEntry(OTHER, 1);
    }

    @Test
    void shouldLetAMemberTakeOverNothingLargeWhileMuchWaitsToLeaveForIt() {
        submit(2);
        bytes = MIB;
        submit(3);
        posted.clear();
        behind.add(OTHER);
        assignments.onPresent(OTHER);
        assignments.onTick(TICK);
        assertThat(posted).isEmpty();

        behind.clear();
        sent.clear();
        assignments.onTick(2 * TICK);
        assertThat(posted).containsExactly("3 for m3", "4 for m3");
        assertThat(sent)
                .as("it need not be told of the end of a queue that it did not know")
                .isEmpty();
    }

    @Test
    void shouldLetNobodyTakeOverWhatIsAssigned() {
        submit(2);
        sent.clear();

        assignments.onPresent(OTHER);
        assignments.onTick(TICK);

        assertThat(sent).isEmpty();
        assertThat(assignments.running(ONE, 1, 1)).isNotNull();
    }
}

package org.goaway.protocol.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulation must notice when a rule is broken. */
@Tag("simulation")
class TaskMutantsTest {

    private static final int SEEDS = 1500;

    private static void assertCaught(String rule, String fault, TaskParts parts) {
        long seed = Seeds.firstToFail(SEEDS, run -> TaskScenario.run(run, 3, parts));
        assertThat(seed).as(fault).isPositive();
        MutantTable.caught(TaskMutantsTest.class, rule, fault, seed);
    }

    @FunctionalInterface
    private interface Spawning {
        Assignments create(MemberId self, SpawnerPort port, long nanos);
    }

    @FunctionalInterface
    private interface Running {
        Admissions<TaskRun> create(MemberId self, RunnerPort<TaskRun> port, long nanos);
    }

    private static TaskParts spawning(Spawning spawning) {
        return new TaskParts() {
            @Override
            Assignments assignments(MemberId self, SpawnerPort port, long nanos) {
                return spawning.create(self, port, nanos);
            }
        };
    }

    private static TaskParts running(Running running) {
        return new TaskParts() {
            @Override
            Admissions<TaskRun> admissions(MemberId self, RunnerPort<TaskRun> port, long nanos) {
                return running.create(self, port, nanos);
            }
        };
    }

    @Test
    void shouldCatchASpawnerThatTakesEndsFromAnywhere() {
        assertCaught(
                "tasks, onFinished",
                "takes the end of an attempt that does not count any more",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    boolean isPresent(Sent known, MemberId from, long stint) {
                        return known != null && known.assigned;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatMovesWhatMayHaveStarted() {
        assertCaught(
                "tasks, onGone",
                "moves what is assigned to a lost member",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    boolean mayHaveStarted(Sent known) {
                        return false;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatHandsOverWhatMayHaveStarted() {
        assertCaught(
                "tasks, take over",
                "lets an idle member take over what is assigned to another",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    private Peer other;

                    @Override
                    List<Sent> overtaken(Peer idle, int room) {
                        Peer busy = other;
                        other = idle;
                        if (busy == null || busy == idle || room < 1 || busy.assigned.isEmpty()) {
                            return List.of();
                        }
                        Sent first = busy.assigned.values().iterator().next();
                        if (first.task.isBound() || first.task.place(idle.id::equals) == null) {
                            return List.of();
                        }
                        first.task.leave(busy.id);
                        busy.remove(first);
                        return List.of(first);
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatHandsOverAndKeeps() {
        assertCaught(
                "tasks, take over",
                "leaves in its queue what an idle member takes over",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    private final Set<Peer> seen = new LinkedHashSet<>();

                    @Override
                    List<Sent> overtaken(Peer idle, int room) {
                        seen.add(idle);
                        Map<Peer, List<Sent>> before = new LinkedHashMap<>();
                        seen.forEach(peer -> before.put(peer, peer.queue.all()));
                        List<Sent> taken = super.overtaken(idle, room);
                        before.forEach((peer, queued) -> {
                            peer.queue.clear();
                            queued.forEach(peer.queue::add);
                        });
                        return taken;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatGivesUpWhatHasNotStarted() {
        assertCaught(
                "tasks, onGone",
                "takes what is queued for a lost member for started",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    boolean mayHaveStarted(Sent known) {
                        return true;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatRetriesTooOften() {
        assertCaught(
                "tasks, retries",
                "runs a task again once more than it may",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    boolean mayRetry(Sent known) {
                        return !known.task.isBound() && known.attempt <= known.task.retries() + 1;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatMovesBoundTasks() {
        assertCaught(
                "tasks, on(member)",
                "runs a bound task again",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    boolean mayRetry(Sent known) {
                        return known.attempt <= known.task.retries();
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatDoesNotCountAttempts() {
        assertCaught(
                "tasks, attempt",
                "runs a task again under the same attempt",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    int next(int attempt) {
                        return attempt;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatDoesNotRepeat() {
        assertCaught(
                "tasks, onTick",
                "never repeats an assignment",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    void check(Peer peer) {}
                }));
    }

    @Test
    void shouldCatchASpawnerThatDoesNotCountStints() {
        assertCaught(
                "tasks, stint",
                "stays in the stint of a member that it took for lost",
                spawning((self, port, nanos) -> new Assignments(self, port, nanos) {
                    @Override
                    void begin(Peer peer) {
                        long before = peer.stint;
                        peer.begin();
                        peer.stint = before;
                    }
                }));
    }

    @Test
    void shouldCatchASpawnerThatLetsALaterOnePass() {
        assertCaught("tasks, lines", "lets what is smaller pass a larger one that came first", new TaskParts() {
            @Override
            int kind(int bytes) {
                return bytes;
            }
        });
    }

    @Test
    void shouldCatchAMemberThatTakesAssignmentsOfEarlierStints() {
        assertCaught(
                "tasks, enter",
                "starts what was assigned in an earlier stint",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    boolean isPresent(long latest, long stint) {
                        return true;
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatDoesNotInterruptWhatCountsNoMore() {
        assertCaught(
                "tasks, enter",
                "lets what was assigned in an earlier stint go on",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    void supersede(Origin<TaskRun> origin) {
                        origin.running.clear();
                        origin.ended.clear();
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatStartsAgainWhatIsAssignedAgain() {
        assertCaught(
                "tasks, admit",
                "starts what it has started already",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    boolean hasSeen(Origin<TaskRun> origin, long task) {
                        return origin.ended.containsKey(task);
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatForgetsThatItEndedAStint() {
        assertCaught(
                "tasks, onGone",
                "takes a spawner that was lost as if nothing had been",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    void close(Origin<TaskRun> origin) {
                        // nothing is kept of it
                    }

                    @Override
                    void refuse(MemberId spawner, long stint) {
                        // nor told
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatEndsAStintWithoutAWord() {
        assertCaught(
                "tasks, OUT",
                "refuses a stint without saying so",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    void refuse(MemberId spawner, long stint) {
                        // the spawner waits
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatGoesOnForALostSpawner() {
        assertCaught(
                "tasks, onGone",
                "lets the tasks of a lost spawner go on",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    public void onGone(MemberId member) {
                        // they run
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatForgetsEnds() {
        assertCaught(
                "tasks, ended",
                "tells an end once only",
                running((self, port, nanos) -> new Admissions<>(self, port, nanos) {
                    @Override
                    void keep(Origin<TaskRun> origin, Finished end) {
                        origin.over.add(end.task());
                    }
                }));
    }

    @Test
    void shouldCatchMembersThatDoNotTellTheirRoom() {
        assertCaught("tasks, ROOM", "does not say that tasks wait", new TaskParts() {
            @Override
            boolean tellsRoom() {
                return false;
            }
        });
    }
}

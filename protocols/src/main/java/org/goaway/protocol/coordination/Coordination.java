package org.goaway.protocol.coordination;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.coordination.CoordinationCommand.Sync;

/**
 * A member's side of barriers, semaphores, latches and longs. All operations are called on the event loop and answered on it.
 * One writer: the event loop.
 *
 * <p>A wait is {@code open} from its command on until it has ended here. One whose thread gives up, or whose command failed,
 * is {@code takenBack} once that command cannot be applied any more, and until the log has confirmed it.
 */
public final class Coordination implements Protocol {

    /** How long a lost message may stay unnoticed. */
    private static final long REPAIR_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many ended waits are told to the log before the time, which forgets them then. */
    private static final int MANY = 500;

    private final Clock clock;
    private final Function<Message, CompletableFuture<Message>> spine;
    private final Silence silence;
    private final Map<Long, Wait> open = new TreeMap<>();
    private final Map<Long, Wait> takenBack = new TreeMap<>();
    private long last;
    private int settled;
    private boolean urgent;
    private boolean syncing;
    private long syncedAt;

    /**
     * @param spine submits a command to the replicated log and gives its answer
     * @param answeredAt when the log last answered any command of this member
     * @param bound when the log has answered nothing for so long, nobody can say any more whether a wait goes on
     */
    public Coordination(
            Clock clock, Function<Message, CompletableFuture<Message>> spine, LongSupplier answeredAt, Duration bound) {
        this.clock = clock;
        this.spine = spine;
        this.silence = new Silence(clock, answeredAt, bound);
        this.syncedAt = clock.nanos();
    }

    /** Arrives at a barrier. */
    public Wait arrive(String barrier, int parties) {
        return place(true, place -> new CoordinationCommand.Arrive(barrier, parties, place));
    }

    /** Asks for a permit; with {@code queue} waits for it, else ends {@link Ended.How#REFUSED} where none is free. */
    public Wait acquire(String semaphore, int permits, boolean queue) {
        return place(false, place -> new CoordinationCommand.Acquire(semaphore, permits, place, queue));
    }

    /** Waits until a latch is at zero. */
    public Wait awaitZero(String latch, int count) {
        return place(false, place -> new CoordinationCommand.AwaitZero(latch, count, place));
    }

    /**
     * The thread of {@code wait} does not want to wait any longer. Returns how it ended: as it had already; {@link
     * Ended.How#TAKEN_BACK}; or, at a barrier, as the log says that it had before it learnt this.
     */
    public CompletableFuture<Ended> giveUp(Wait wait) {
        if (wait.ended.isDone()) {
            return wait.ended;
        }
        wait.givenUp = true;
        if (!wait.felt) {
            wait.end(Ended.of(wait.place, Ended.How.TAKEN_BACK));
        }
        if (wait.applied) {
            takeBack(wait);
        }
        return wait.ended;
    }

    /** Submits a command that makes no place; its answer is the number that it asks for or makes. */
    public CompletableFuture<Long> ask(CoordinationCommand command) {
        return spine.apply(command).thenApply(answer -> {
            if (answer instanceof Misuse misuse) {
                throw new IllegalArgumentException(misuse.reason());
            }
            return ((Amount) answer).value();
        });
    }

    private Wait place(boolean felt, LongFunction<CoordinationCommand> command) {
        last++;
        Wait wait = new Wait(last, felt);
        open.put(last, wait);
        var unused = spine.apply(command.apply(last)).whenComplete((answer, failure) -> {
            wait.applied = true;
            if (failure != null) {
                onFailed(wait, failure);
            } else if (answer instanceof Misuse misuse) {
                open.remove(wait.place);
                wait.fail(new IllegalArgumentException(misuse.reason()));
            } else if (answer instanceof Ended ended) {
                onAnswered(wait, ended);
            } else {
                onWaits(wait, (Waits) answer);
            }
        });
        return wait;
    }

    /** The command may have been applied; it will not be from now on, since the spine has given it up. */
    private void onFailed(Wait wait, Throwable failure) {
        if (open.containsKey(wait.place)) {
            fail(wait, failure);
            takeBack(wait);
        }
    }

    /** What was given to a thread that has given up goes back by {@link #takeBack}. */
    private void onAnswered(Wait wait, Ended ended) {
        if (wait.givenUp && open.containsKey(wait.place)) {
            takeBack(wait);
        } else {
            onEnded(ended);
        }
    }

    private void onWaits(Wait wait, Waits waits) {
        if (open.containsKey(wait.place)) {
            wait.waits(waits.standing());
            if (wait.givenUp) {
                takeBack(wait);
            }
        }
    }

    private void takeBack(Wait wait) {
        open.remove(wait.place);
        takenBack.put(wait.place, wait);
        urgent = true;
        syncIfDue(clock.nanos());
    }

    private void onEnded(Ended ended) {
        Wait wait = open.get(ended.place());
        // One that was given up is ended by its being taken back.
        if (wait != null && !wait.givenUp) {
            open.remove(ended.place());
            settled++;
            wait.end(ended);
        }
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (!(message instanceof Woken woken)) {
            throw new IllegalArgumentException("not a message of barriers and semaphores: " + message);
        }
        woken.ended().forEach(this::onEnded);
    }

    @Override
    public void onTick(long nanos) {
        silence.onTick(nanos);
        syncIfDue(nanos);
    }

    private void syncIfDue(long nanos) {
        boolean something = !open.isEmpty() || !takenBack.isEmpty() || settled > 0;
        boolean due = urgent || settled >= MANY || nanos - syncedAt >= REPAIR_NANOS;
        if (something && due && !syncing) {
            sync(nanos);
        }
    }

    private void sync(long nanos) {
        Set<Long> waiting = open.values().stream()
                .filter(wait -> wait.applied)
                .map(wait -> wait.place)
                .collect(Collectors.toSet());
        Sync sync = new Sync(last, new HashSet<>(open.keySet()), new HashSet<>(takenBack.keySet()));
        syncing = true;
        urgent = false;
        syncedAt = nanos;
        settled = 0;
        var unused = spine.apply(sync).whenComplete((answer, failure) -> {
            syncing = false;
            syncedAt = clock.nanos();
            if (failure != null) {
                settled++;
                onFailed(sync, nanos, waiting, cause(failure));
            } else {
                onStandings(sync, waiting, (Standings) answer);
            }
        });
    }

    /** The log has rejected the question, or not answered: then, while it answers others, the waits go on and it is asked again. */
    private void onFailed(Sync sync, long askedAt, Set<Long> waiting, Throwable failure) {
        boolean rejected = !silence.isOver(askedAt);
        if (!rejected && !silence.isLong()) {
            return;
        }
        String reason = rejected
                ? failure.getMessage()
                : "the cluster's log has not told for " + silence.bound().toMillis() + " ms whether it goes on: "
                        + failure.getMessage();
        Throwable why = new ProtocolException(Outcome.UNKNOWN, reason);
        sync.takenBack().forEach(place -> fail(takenBack.get(place), why));
        waiting.stream()
                .flatMap(place -> Stream.ofNullable(open.get(place)))
                .toList()
                .forEach(wait -> {
                    fail(wait, why);
                    takeBack(wait);
                });
    }

    private void onStandings(Sync sync, Set<Long> waiting, Standings standings) {
        Set<Long> known = Stream.concat(
                        standings.ended().stream().map(Ended::place),
                        standings.waiting().stream().map(Waits::place))
                .collect(Collectors.toSet());
        for (Ended ended : standings.ended()) {
            // One that was given up after the question was asked is another one's matter.
            if (sync.takenBack().contains(ended.place())) {
                takenBack.remove(ended.place()).end(ended);
            } else {
                onEnded(ended);
            }
        }
        for (Waits waits : standings.waiting()) {
            onStanding(waits);
        }
        for (long place : sync.takenBack()) {
            // The log had never heard of it, or has forgotten it.
            Wait back = takenBack.remove(place);
            if (back != null) {
                back.end(Ended.of(place, Ended.How.TAKEN_BACK));
            }
        }
        waiting.stream().filter(place -> !known.contains(place)).forEach(this::onLost);
        syncIfDue(clock.nanos());
    }

    private void onStanding(Waits waits) {
        Wait wait = open.get(waits.place());
        if (wait != null) {
            wait.waits(waits.standing());
        }
    }

    /** The log does not know a place that it knew: this member was dropped from the epoch meanwhile. */
    private void onLost(long place) {
        Wait wait = open.get(place);
        if (wait != null) {
            fail(wait, new ProtocolException(Outcome.UNKNOWN, "the cluster has dropped this member while it waited"));
            // Had it been granted a permit before, that is not released: the log is not to wait for that.
            takeBack(wait);
        }
    }

    /** A wait that nobody else can have noticed, and that is taken back, has not happened. */
    private static void fail(Wait wait, Throwable failure) {
        wait.fail(new ProtocolException(
                wait.felt ? Outcome.UNKNOWN : Outcome.NOT_DONE, cause(failure).getMessage()));
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    @Override
    public void onEpoch(Epoch epoch) {
        // Who has left is the log's matter; what this member loses by it, the next answer tells.
    }

    @Override
    public void onGone(MemberId member) {
        // The epoch decides who has left.
    }
}

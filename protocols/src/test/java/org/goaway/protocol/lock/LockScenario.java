package org.goaway.protocol.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.lock.LockHistory.Entered;
import org.goaway.protocol.lock.LockHistory.Left;
import org.goaway.protocol.lock.LockQueue.Request;

/**
 * On every member one client that just locks, one that produces items and one that consumes them, waiting for a condition
 * while there is none. Messages get lost, late, repeated and out of order and members pause; then all that heals, and
 * everything must come to its end.
 */
final class LockScenario {

    private static final ObjectId PLAIN = new ObjectId(ObjectId.Kind.LOCK, "plain");
    private static final ObjectId STORE = new ObjectId(ObjectId.Kind.LOCK, "store");
    private static final String ITEMS = "items";
    private static final int OPERATIONS = 4;

    private final LocalCluster cluster;
    private final Random random;
    private final LockHistory history = new LockHistory();
    private final Map<MemberId, Locks> locks = new LinkedHashMap<>();
    private final boolean restless;
    private int items;

    /** Writes down what reaches a home. */
    private record Watched(Locks locks, LockHistory history) implements Protocol {

        @Override
        public void onMessage(MemberId from, Message message) {
            history.reached(from, message);
            locks.onMessage(from, message);
        }

        @Override
        public void onEpoch(Epoch epoch) {
            locks.onEpoch(epoch);
        }

        @Override
        public void onGone(MemberId member) {
            locks.onGone(member);
        }

        @Override
        public void onTick(long nanos) {
            locks.onTick(nanos);
        }
    }

    private LockScenario(Seeds.Run run, int size, LocalCluster.Factory<Locks> factory) {
        cluster = run.show(new LocalCluster(size, run.seed()));
        run.show(history);
        random = cluster.random();
        restless = random.nextBoolean();
        cluster.install((self, transport, clock) -> new Watched(factory.create(self, transport, clock), history))
                .forEach((member, watched) -> locks.put(member, watched.locks()));
    }

    /** Runs one seed and checks what came of it. */
    static void run(Seeds.Run run, int size, LocalCluster.Factory<Locks> factory) {
        LockScenario scenario = new LockScenario(run, size, factory);
        try {
            scenario.run();
        } catch (IllegalStateException misled) {
            LockChecker.check(scenario.history, false);
            throw new AssertionError("a holder was told that it holds nothing", misled);
        }
    }

    private void run() {
        cluster.firewall()
                .loss(0.2 * random.nextDouble())
                .repetition(0.3 * random.nextDouble())
                .delay(Duration.ZERO, upTo(60));
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (MemberId member : cluster.members()) {
            clients.add(cluster.client(member, OPERATIONS, Duration.ofMillis(40), number -> justLock(member)));
            clients.add(cluster.client(member, OPERATIONS, Duration.ofMillis(40), number -> produce(member)));
            clients.add(cluster.client(member, OPERATIONS, Duration.ofMillis(40), number -> consume(member)));
        }
        for (int pause = 0; pause < 3; pause++) {
            MemberId member = cluster.members().get(random.nextInt(locks.size()));
            cluster.after(upTo(1000), () -> cluster.pause(member, upTo(300)));
        }
        cluster.after(Duration.ofSeconds(1), () -> cluster.firewall().heal());
        CompletableFuture<Void> all = CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
        boolean ended = cluster.runUntil(all::isDone, Duration.ofSeconds(60));
        LockChecker.check(history, ended && !restless);
        if (!ended) {
            throw new AssertionError("someone still waits, with " + items + " items in store");
        }
    }

    /** Locks and unlocks; gives up some of the times. */
    private CompletableFuture<Void> justLock(MemberId member) {
        ObjectId lock = random.nextBoolean() ? PLAIN : STORE;
        Ticket ticket = locks.get(member).acquire(lock, "locker on " + member);
        if (random.nextInt(3) == 0) {
            later(member, 50, () -> locks.get(member).cancel(ticket));
        }
        return unlessCancelled(member, ticket, () -> hold(member, ticket, List.of(), () -> {}));
    }

    private CompletableFuture<Void> produce(MemberId member) {
        Ticket ticket = locks.get(member).acquire(STORE, "producer on " + member);
        boolean all = random.nextInt(4) == 0;
        return unlessCancelled(
                member,
                ticket,
                () -> hold(member, ticket, List.of(new Signal(ITEMS, all)), () -> {
                    items++;
                    if (all) {
                        locks.get(member).signalAll(STORE, token(ticket), ITEMS);
                    } else {
                        locks.get(member).signal(STORE, token(ticket), ITEMS);
                    }
                }));
    }

    private CompletableFuture<Void> consume(MemberId member) {
        Ticket ticket = locks.get(member).acquire(STORE, "consumer on " + member);
        return unlessCancelled(member, ticket, () -> takeOrAwait(member, ticket));
    }

    private CompletableFuture<Void> takeOrAwait(MemberId member, Ticket ticket) {
        if (items > 0) {
            return hold(member, ticket, List.of(), () -> items--);
        }
        Ticket next = locks.get(member).await(STORE, token(ticket), ITEMS);
        history.add(new Left(STORE, token(ticket), List.of(), request(member, next), ITEMS));
        if (restless && random.nextInt(2) == 0) {
            later(member, 100, () -> {
                if (random.nextBoolean()) {
                    locks.get(member).wake(next);
                } else {
                    locks.get(member).cancel(next);
                }
            });
        }
        return next.token()
                .handle((token, failure) -> failure == null)
                .thenCompose(
                        granted -> granted ? enter(member, next, () -> takeOrAwait(member, next)) : consume(member));
    }

    private interface Step {
        CompletableFuture<Void> run();
    }

    private CompletableFuture<Void> unlessCancelled(MemberId member, Ticket ticket, Step step) {
        return ticket.token()
                .handle((token, failure) -> failure == null)
                .thenCompose(
                        granted -> granted ? enter(member, ticket, step) : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> enter(MemberId member, Ticket ticket, Step step) {
        history.add(new Entered(ticket.lock(), request(member, ticket), token(ticket), ticket.signalled()));
        return step.run();
    }

    /** Holds the lock for a while, does something and releases it. */
    private CompletableFuture<Void> hold(MemberId member, Ticket ticket, List<Signal> signals, Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        later(member, 10, () -> {
            work.run();
            history.add(new Left(ticket.lock(), token(ticket), signals, null, null));
            locks.get(member).release(ticket.lock(), token(ticket));
            done.complete(null);
        });
        return done;
    }

    private void later(MemberId member, int milliseconds, Runnable action) {
        cluster.after(upTo(milliseconds), () -> cluster.onLoop(member, action));
    }

    private Duration upTo(int milliseconds) {
        return Duration.ofNanos((long) (random.nextDouble() * milliseconds * 1_000_000));
    }

    private static Request request(MemberId member, Ticket ticket) {
        return new Request(member, ticket.request());
    }

    private static long token(Ticket ticket) {
        return ticket.token().join();
    }
}

package org.goaway.protocol.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.Upheaval;

/**
 * Members come and go while clients lock, and while some wait for a gate to open: each looks under the lock and awaits the
 * condition until the gate is open. It is opened once, by a holder that signals all. A hold counts until its member is
 * dropped. In the end all that live must have got through: no lock lost, no signal.
 */
final class LockEpochScenario {

    private static final ObjectId PLAIN = new ObjectId(ObjectId.Kind.LOCK, "plain");
    private static final ObjectId GATE = new ObjectId(ObjectId.Kind.LOCK, "gate");
    private static final String OPEN = "open";
    private static final int OPERATIONS = 6;
    private static final Duration THINK = Duration.ofMillis(300);

    /** A hold as an observer sees it who knows what is agreed on. */
    private record Held(MemberId member, ObjectId lock, long token, long joined) {}

    private final LocalCluster cluster;
    private final Random random;
    private final Map<MemberId, LockParts.Member> members;
    private final List<Held> held = new ArrayList<>();
    private final Map<ObjectId, Long> lastTokens = new HashMap<>();
    private final Map<CompletableFuture<Void>, MemberId> clients = new HashMap<>();
    private final StringBuilder history = new StringBuilder("history:\n");
    private String wrong;
    private boolean open;

    private LockEpochScenario(Seeds.Run run, int size, LockParts parts) {
        cluster = run.show(new LocalCluster(size, run.seed()));
        run.show(history);
        random = cluster.random();
        members = cluster.install((self, transport, clock) -> {
            LockParts.Member made =
                    parts.create(self, transport, clock, cluster.register().lease(self));
            made.locks().onLost((lock, token) -> lost(self, lock, token));
            return made;
        });
    }

    /** Runs one seed and checks what came of it. */
    static void run(Seeds.Run run, int size, LockParts parts) {
        try {
            new LockEpochScenario(run, size, parts).run();
        } catch (IllegalStateException misled) {
            throw new AssertionError("the protocol contradicted itself", misled);
        }
    }

    private void run() {
        for (MemberId member : cluster.members()) {
            begin(member);
        }
        openLater();
        new Upheaval(cluster).onJoin(this::begin).begin();
        cluster.run(Duration.ofMillis(2_100));
        boolean ended = cluster.runUntil(() -> wrong != null || allEnded(), Duration.ofSeconds(60));
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
        if (!ended) {
            throw new AssertionError("someone still waits, the gate being " + (open ? "open" : "closed"));
        }
    }

    private boolean allEnded() {
        return open
                && clients.entrySet().stream()
                        .allMatch(client -> client.getKey().isDone() || cluster.crashed(client.getValue()));
    }

    private void begin(MemberId member) {
        clients.put(cluster.client(member, OPERATIONS, THINK, number -> justLock(member)), member);
        clients.put(cluster.client(member, 1, THINK, number -> pass(member)), member);
        clients.put(cluster.client(member, 1, Duration.ofSeconds(2), number -> pass(member)), member);
    }

    /** Somebody opens the gate; somebody else if that one did not get to it. */
    private void openLater() {
        cluster.after(upTo(2_500), () -> {
            List<MemberId> live = cluster.members().stream()
                    .filter(member -> !cluster.crashed(member) && cluster.known(member) > 0)
                    .toList();
            MemberId member = live.get(random.nextInt(live.size()));
            cluster.onLoop(member, () -> open(member));
            cluster.after(Duration.ofSeconds(4), () -> {
                if (!open) {
                    openLater();
                }
            });
        });
    }

    private void open(MemberId member) {
        Ticket ticket = locks(member).acquire(GATE, "opener on " + member);
        var unused = entered(member, ticket)
                .thenAccept(hold -> later(member, 10, () -> {
                    if (held.contains(hold)) {
                        open = open || isValid(hold);
                        locks(member).signalAll(GATE, hold.token(), OPEN);
                        leave(hold);
                    }
                }));
    }

    private CompletableFuture<Void> justLock(MemberId member) {
        Ticket ticket = locks(member).acquire(random.nextBoolean() ? PLAIN : GATE, "locker on " + member);
        if (random.nextInt(4) == 0) {
            later(member, 200, () -> locks(member).cancel(ticket));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        var unused = entered(member, ticket)
                .thenAccept(hold -> later(member, random.nextInt(8) == 0 ? 600 : 10, () -> {
                    if (held.contains(hold)) {
                        leave(hold);
                    }
                    done.complete(null);
                }))
                .exceptionally(cancelled -> {
                    done.complete(null);
                    return null;
                });
        return done;
    }

    /** Waits until the gate is open. */
    private CompletableFuture<Void> pass(MemberId member) {
        return lookAndWait(member, locks(member).acquire(GATE, "waiter on " + member));
    }

    private CompletableFuture<Void> lookAndWait(MemberId member, Ticket ticket) {
        return entered(member, ticket).thenCompose(hold -> {
            if (open) {
                leave(hold);
                return CompletableFuture.completedFuture(null);
            }
            held.remove(hold);
            note("awaits", hold);
            Ticket next = locks(member).await(GATE, hold.token(), OPEN);
            if (random.nextInt(6) == 0) {
                later(member, 300, () -> locks(member).wake(next));
            }
            return lookAndWait(member, next);
        });
    }

    /** The hold, once it is entered; exclusive, and under a token above all before it. */
    private CompletableFuture<Held> entered(MemberId member, Ticket ticket) {
        return ticket.token().thenApply(token -> {
            Long joined = cluster.register().agreed().joined().get(member);
            Held hold = new Held(member, ticket.lock(), token, joined == null ? 0 : joined);
            note("enters", hold);
            for (Held other : held) {
                require(
                        !other.lock().equals(hold.lock()) || !isValid(other),
                        "two hold at once: " + other + " and " + hold);
            }
            require(token > lastTokens.getOrDefault(hold.lock(), 0L), "a token that does not rise: " + hold);
            lastTokens.put(hold.lock(), token);
            held.add(hold);
            return hold;
        });
    }

    private boolean isValid(Held hold) {
        return Long.valueOf(hold.joined())
                .equals(cluster.register().agreed().joined().get(hold.member()));
    }

    /** Whoever has learned that it was out knows that it holds nothing any more. */
    private void requireToldOfLoss(Held hold) {
        Long joined = cluster.register().agreed().joined().get(hold.member());
        require(
                isValid(hold) || joined == null || cluster.known(hold.member()) < joined,
                "not told of the loss of " + hold);
    }

    private void leave(Held hold) {
        requireToldOfLoss(hold);
        note("leaves", hold);
        held.remove(hold);
        locks(hold.member()).release(hold.lock(), hold.token());
    }

    private void lost(MemberId member, ObjectId lock, long token) {
        held.removeIf(hold -> {
            boolean is = hold.member().equals(member) && hold.lock().equals(lock) && hold.token() == token;
            if (is) {
                note("loses", hold);
                require(!isValid(hold), "told of the loss of what was not lost: " + hold);
            }
            return is;
        });
    }

    private void note(String what, Held hold) {
        history.append(String.format("%10.3f ms  %s %s%n", cluster.now() / 1e6, what, hold));
    }

    private Locks locks(MemberId member) {
        return members.get(member).locks();
    }

    /** Remembers what is wrong, since whoever called may not listen. */
    private void require(boolean holds, String otherwise) {
        if (!holds && wrong == null) {
            wrong = otherwise;
        }
    }

    private void later(MemberId member, int milliseconds, Runnable action) {
        cluster.after(upTo(milliseconds), () -> cluster.onLoop(member, action));
    }

    private Duration upTo(int milliseconds) {
        return Duration.ofNanos((long) (random.nextDouble() * milliseconds * 1_000_000));
    }
}

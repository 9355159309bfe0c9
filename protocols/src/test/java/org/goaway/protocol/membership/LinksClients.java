package org.goaway.protocol.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.RegisterModel;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.ShortNumbers;
import org.goaway.protocol.lock.Ticket;

/** Clients at all members that write, read and lock all the time, and what was promised to them. */
final class LinksClients {

    private static final Duration THINK = Duration.ofMillis(160);
    private static final int ENDLESS = 1_000_000;
    private static final List<ObjectId> OBJECTS = List.of(
            new ObjectId(ObjectId.Kind.FAST_READ, "a"),
            new ObjectId(ObjectId.Kind.FAST_READ, "b"),
            new ObjectId(ObjectId.Kind.FAST_READ, "c"));
    private static final List<ObjectId> LOCKS =
            List.of(new ObjectId(ObjectId.Kind.LOCK, "one"), new ObjectId(ObjectId.Kind.LOCK, "other"));

    private record Held(MemberId member, ObjectId lock, long token, long joined) {}

    private final LocalCluster cluster;
    private final RegisterChecker checker;
    private final Map<MemberId, LinksMember> members;
    private final History history;
    private final Map<ObjectId, Long> lastTokens = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<MemberId, Integer> written = new HashMap<>();
    private final Map<MemberId, Integer> locked = new HashMap<>();
    private String wrong;
    private long unique;

    LinksClients(Seeds.Run run, LocalCluster cluster, RegisterChecker checker, Map<MemberId, LinksMember> members) {
        this.cluster = cluster;
        this.checker = checker;
        this.members = members;
        this.history = run.show(new History(cluster::now));
        members.forEach((member, made) -> {
            made.locks().onLost((lock, token) -> lost(member, lock, token));
            begin(member, number -> write(member, number));
            begin(member, number -> read(member, number));
            begin(member, number -> lock(member, number));
        });
    }

    private void begin(MemberId member, IntFunction<CompletableFuture<?>> operation) {
        var unused = cluster.client(member, ENDLESS, THINK, operation);
    }

    /** How many writes, and how many rounds of locking, this member's clients have finished. */
    List<Integer> finished(MemberId member) {
        return List.of(written.getOrDefault(member, 0), locked.getOrDefault(member, 0));
    }

    void shouldHaveKeptTheirPromises() {
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
        LinearizabilityChecker.assertLinearizable(history, new RegisterModel());
    }

    private CompletableFuture<?> write(MemberId member, int number) {
        ObjectId object = OBJECTS.get(number % OBJECTS.size());
        long value = ++unique;
        int call = history.invoke(member + "w", object.name(), new RegisterModel.Write(ShortNumbers.value(value)));
        Operation set = new Operation.Set("f", ShortNumbers.value(value));
        return recorded(call, members.get(member).fastRead().write(object, set), answer -> null)
                .thenRun(() -> written.merge(member, 1, Integer::sum));
    }

    private CompletableFuture<?> read(MemberId member, int number) {
        ObjectId object = OBJECTS.get(number % OBJECTS.size());
        int call = history.invoke(member + "r", object.name(), new RegisterModel.Read());
        return recorded(call, members.get(member).fastRead().readable(object, "f"), entry -> entry.value());
    }

    private <T> CompletableFuture<T> recorded(int call, CompletableFuture<T> future, Function<T, Object> shown) {
        return future.whenComplete((result, failure) -> {
            if (failure == null) {
                history.returned(call, shown.apply(result));
            } else if (failure instanceof ProtocolException known && known.outcome() == Outcome.NOT_DONE) {
                history.notDone(call);
            } else {
                history.unknown(call);
            }
        });
    }

    private CompletableFuture<?> lock(MemberId member, int number) {
        Ticket ticket = members.get(member).locks().acquire(LOCKS.get(number % LOCKS.size()), "locker at " + member);
        return ticket.token().thenCompose(token -> {
            Held hold = entered(member, ticket.lock(), token);
            CompletableFuture<Void> left = new CompletableFuture<>();
            cluster.after(
                    Duration.ofMillis(1 + cluster.random().nextInt(10)),
                    () -> cluster.onLoop(member, () -> {
                        if (held.remove(hold)) {
                            members.get(member).locks().release(hold.lock(), token);
                            locked.merge(member, 1, Integer::sum);
                        }
                        left.complete(null);
                    }));
            return left;
        });
    }

    private Held entered(MemberId member, ObjectId lock, long token) {
        Long joined = checker.agreed().joined().get(member);
        Held hold = new Held(member, lock, token, joined == null ? 0 : joined);
        for (Held other : held) {
            require(!other.lock().equals(lock) || !isValid(other), "two hold at once: " + other + " and " + hold);
        }
        require(token > lastTokens.getOrDefault(lock, 0L), "a token that does not rise: " + hold);
        lastTokens.put(lock, token);
        held.add(hold);
        return hold;
    }

    private boolean isValid(Held hold) {
        return Long.valueOf(hold.joined()).equals(checker.agreed().joined().get(hold.member()));
    }

    private void lost(MemberId member, ObjectId lock, long token) {
        held.removeIf(hold -> {
            boolean is = hold.member().equals(member) && hold.lock().equals(lock) && hold.token() == token;
            require(!is || !isValid(hold), "told of the loss of what was not lost: " + hold);
            return is;
        });
    }

    /** Remembers what is wrong, since whoever called may not listen. */
    private void require(boolean holds, String otherwise) {
        if (!holds && wrong == null) {
            wrong = otherwise;
        }
    }
}

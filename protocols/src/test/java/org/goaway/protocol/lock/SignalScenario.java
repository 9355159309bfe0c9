package org.goaway.protocol.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;

/**
 * Two requests on every member await a condition. Then, while messages get lost, late, repeated and out of order, some of
 * them give up and one holder signals some times. Each signal must wake one of those that have not given up.
 */
final class SignalScenario {

    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "l");
    private static final String CONDITION = "c";

    private record Waiter(MemberId member, Ticket ticket) {}

    private final LocalCluster cluster;
    private final Random random;
    private final Map<MemberId, Locks> locks;
    private final List<Waiter> waiters = new ArrayList<>();
    private int woken;
    private int gaveUp;

    private SignalScenario(Seeds.Run run, int size, LocalCluster.Factory<Locks> factory) {
        cluster = run.show(new LocalCluster(size, run.seed()));
        random = cluster.random();
        locks = cluster.install(factory);
    }

    /** Runs one seed and checks what came of it. */
    static void run(Seeds.Run run, int size, LocalCluster.Factory<Locks> factory) {
        new SignalScenario(run, size, factory).run();
    }

    private void run() {
        for (MemberId member : cluster.members()) {
            cluster.onLoop(member, () -> await(member));
            cluster.onLoop(member, () -> await(member));
        }
        cluster.run(Duration.ofSeconds(1));
        cluster.firewall()
                .loss(0.3 * random.nextDouble())
                .repetition(0.3 * random.nextDouble())
                .delay(Duration.ZERO, Duration.ofMillis(1 + random.nextInt(50)));
        int signals = 1 + random.nextInt(waiters.size());
        MemberId signaller = cluster.members().get(random.nextInt(locks.size()));
        cluster.onLoop(signaller, () -> signal(signaller, signals));
        for (Waiter waiter : waiters) {
            if (random.nextBoolean()) {
                cluster.after(
                        Duration.ofMillis(random.nextInt(200)),
                        () -> cluster.onLoop(waiter.member(), () -> giveUp(waiter)));
            }
        }
        cluster.run(Duration.ofSeconds(1));
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(8));
        if (woken < Math.min(signals, waiters.size() - gaveUp)) {
            throw new AssertionError(
                    signals + " signals woke " + woken + " of " + waiters.size() + ", and " + gaveUp + " gave up");
        }
    }

    private void await(MemberId member) {
        Locks own = locks.get(member);
        Ticket first = own.acquire(LOCK, "waiter");
        whenHeld(first, () -> {
            Ticket ticket = own.await(LOCK, first.token().join(), CONDITION);
            waiters.add(new Waiter(member, ticket));
            whenHeld(ticket, () -> {
                if (ticket.signalled()) {
                    woken++;
                } else {
                    gaveUp++;
                }
                own.release(LOCK, ticket.token().join());
            });
        });
    }

    private void signal(MemberId member, int signals) {
        Locks own = locks.get(member);
        Ticket ticket = own.acquire(LOCK, "signaller");
        whenHeld(ticket, () -> {
            for (int number = 0; number < signals; number++) {
                own.signal(LOCK, ticket.token().join(), CONDITION);
            }
            own.release(LOCK, ticket.token().join());
        });
    }

    private void giveUp(Waiter waiter) {
        if (random.nextBoolean()) {
            locks.get(waiter.member()).wake(waiter.ticket());
        } else if (!waiter.ticket().token().isDone()) {
            locks.get(waiter.member()).cancel(waiter.ticket());
            gaveUp++;
        }
    }

    private static void whenHeld(Ticket ticket, Runnable action) {
        var unused = ticket.token().thenRun(action);
    }
}

package org.goaway.protocol.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.goaway.protocol.MemberId;

/**
 * Two seconds in which everything goes wrong: messages get lost, late, repeated and out of order, links are cut, members
 * pause, crash, are dropped with and without reason, come back and join, and leases lapse. Then all of it ends, and the
 * register takes in whoever lives. One full member always lives, since data of which no copy is left are gone.
 */
public final class Upheaval {

    private static final Duration LENGTH = Duration.ofSeconds(2);

    private final LocalCluster cluster;
    private final Random random;
    private final Set<MemberId> doomed = new HashSet<>();
    private final List<Consumer<MemberId>> onJoin = new ArrayList<>();
    private int toCrash;

    /** Begins at once. */
    public Upheaval(LocalCluster cluster) {
        this.cluster = cluster;
        this.random = cluster.random();
    }

    /** Tells of each new member once it has learned its epoch; on no loop. */
    public Upheaval onJoin(Consumer<MemberId> action) {
        onJoin.add(action);
        return this;
    }

    public void begin() {
        cluster.firewall()
                .loss(0.2 * random.nextDouble())
                .repetition(0.3 * random.nextDouble())
                .delay(Duration.ZERO, upTo(60));
        if (random.nextInt(2) == 0) {
            crashAtSomeMessage();
        }
        for (int event = random.nextInt(7); event >= 0; event--) {
            cluster.after(upTo(1_800), this::happen);
        }
        cluster.after(LENGTH, this::end);
    }

    private void happen() {
        MemberId member = any();
        switch (random.nextInt(9)) {
            case 0, 1 -> dropAndTakeBack(member);
            case 2 -> {
                cluster.pause(member, upTo(1_000));
                if (random.nextBoolean()) {
                    dropAndTakeBack(member);
                }
            }
            case 3 -> cluster.pause(member, upTo(200));
            case 4 -> cluster.register().lapse(member, upTo(500));
            case 5 -> cluster.firewall().cut(member, any());
            case 6 -> {
                List<MemberId> others = new ArrayList<>(cluster.members());
                others.remove(member);
                cluster.firewall().part(List.of(member), others);
                dropAndTakeBack(member);
            }
            case 7 -> join();
            default -> crash(member);
        }
    }

    private void dropAndTakeBack(MemberId member) {
        if (isSpared(member)) {
            return;
        }
        cluster.after(upTo(200), () -> {
            if (!isSpared(member)) {
                cluster.register().drop(member);
            }
        });
        cluster.after(upTo(900).plusMillis(200), () -> {
            if (!cluster.crashed(member)) {
                cluster.register().add(member);
            }
        });
    }

    private void join() {
        if (cluster.members().size() > 6) {
            return;
        }
        MemberId joiner = cluster.enter();
        cluster.register().add(joiner);
        awaitLearning(joiner);
    }

    private void awaitLearning(MemberId joiner) {
        cluster.after(Duration.ofMillis(20), () -> {
            if (cluster.known(joiner) > 0) {
                onJoin.forEach(action -> action.accept(joiner));
            } else {
                awaitLearning(joiner);
            }
        });
    }

    /** The sender of a certain message crashes in the middle of what it sends. */
    private void crashAtSomeMessage() {
        toCrash = 1 + random.nextInt(400);
        cluster.firewall().rule((from, to, message) -> {
            if (--toCrash == 0 && !isSpared(from)) {
                doomed.add(from);
                cluster.after(Duration.ZERO, () -> crash(from));
            }
            return doomed.contains(from) ? Firewall.Fate.LOST : null;
        });
    }

    private void crash(MemberId member) {
        if (cluster.crashed(member) || isSpared(member)) {
            doomed.remove(member);
            return;
        }
        cluster.crash(member);
        cluster.after(upTo(600), () -> cluster.register().drop(member));
    }

    /** Whether no other live member is full. */
    private boolean isSpared(MemberId member) {
        return cluster.register().agreed().full().stream()
                .noneMatch(full -> !full.equals(member) && !cluster.crashed(full) && !doomed.contains(full));
    }

    private void end() {
        cluster.firewall().heal();
        settle();
    }

    /** Members that were out come in, and later become full. */
    private void settle() {
        cluster.register().settle();
        cluster.after(Duration.ofMillis(700), this::settle);
    }

    private MemberId any() {
        List<MemberId> members = cluster.members();
        return members.get(random.nextInt(members.size()));
    }

    private Duration upTo(int milliseconds) {
        return Duration.ofNanos((long) (random.nextDouble() * milliseconds * 1_000_000));
    }
}

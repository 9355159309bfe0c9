package org.goaway.protocol.fastread;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;
import org.goaway.protocol.kit.LocalCluster;

/**
 * What happens to a cluster while it works: a bad network, pauses, crashes, partitions, false suspicion, members that come
 * back or enter, leases that run out. Some full member always stays, else the data would be gone.
 */
final class Trouble {

    /** No trouble begins or ends later than this. */
    static final Duration LENGTH = Duration.ofMillis(1500);

    private final LocalCluster cluster;
    private final Random random;
    private final Consumer<MemberId> entered;

    /** {@code entered} is told of processes that start while the cluster works. */
    Trouble(LocalCluster cluster, Consumer<MemberId> entered) {
        this.cluster = cluster;
        this.random = cluster.random();
        this.entered = entered;
    }

    /** A network as bad as the seed says. */
    Trouble network() {
        cluster.firewall()
                .loss(random.nextInt(4) * 0.08)
                .repetition(random.nextInt(4) * 0.1)
                .delay(Duration.ofMillis(1), Duration.ofMillis(2 + random.nextInt(60)));
        return this;
    }

    /** Parts of snapshots take long, so that many come in another epoch than they were asked in. */
    Trouble slowSnapshots() {
        cluster.firewall().delay(SnapshotPart.class, Duration.ofMillis(1), Duration.ofMillis(1200));
        return this;
    }

    /** Members pause for a while. */
    Trouble pauses(int most) {
        return some(most, () -> cluster.pause(anyMember(), upTo(600)));
    }

    /** Members fall, are dropped, come back or enter, are cut off, are without a lease. */
    Trouble members(int most) {
        return some(most, () -> {
            switch (random.nextInt(8)) {
                case 0 -> crash(anyMember());
                case 1, 2 -> suspect(anyMember());
                case 3 -> enter();
                case 4 -> part(true);
                case 5 -> part(false);
                case 6 -> bridge();
                default -> cluster.register().lapse(anyMember(), upTo(500));
            }
        });
    }

    /** Members are dropped, most of them while they live, and come back. */
    Trouble suspicion(int most) {
        return some(most, () -> suspect(anyMember()));
    }

    /** Members are dropped early, know nothing of it for long, and come back late. */
    Trouble zombies(int most) {
        for (int events = 1 + random.nextInt(most); events > 0; events--) {
            MemberId member = anyMember();
            cluster.after(upTo(200), () -> drop(member));
            cluster.after(Duration.ofMillis(700).plus(upTo(300)), () -> back(member));
        }
        return this;
    }

    /** New members enter. */
    Trouble entries(int most) {
        return some(most, this::enter);
    }

    /** Leases run out. */
    Trouble lapses(int most) {
        return some(most, () -> cluster.register().lapse(anyMember(), upTo(500)));
    }

    private Trouble some(int most, Runnable event) {
        for (int events = random.nextInt(most + 1); events > 0; events--) {
            cluster.after(upTo(1000), event);
        }
        return this;
    }

    private void crash(MemberId victim) {
        if (spared(victim)) {
            cluster.crash(victim);
            cluster.after(upTo(400), () -> drop(victim));
        }
    }

    /** Taken for dead, rightly or not; one that lives may come back. */
    private void suspect(MemberId member) {
        drop(member);
        if (random.nextInt(4) > 0) {
            cluster.after(upTo(400), () -> back(member));
        }
    }

    private void drop(MemberId member) {
        if (spared(member)) {
            cluster.register().drop(member);
        }
    }

    private void back(MemberId member) {
        if (!cluster.crashed(member)) {
            cluster.register().add(member);
        }
    }

    private void enter() {
        if (cluster.members().size() < 6) {
            MemberId member = cluster.enter();
            entered.accept(member);
            cluster.after(upTo(50), () -> cluster.register().add(member));
        }
    }

    /** Whether the data stay when this one goes. */
    private boolean spared(MemberId member) {
        return cluster.register().agreed().full().stream()
                .anyMatch(other -> !other.equals(member) && !cluster.crashed(other));
    }

    /** Cuts some off from the others, in both directions or in one; mostly these are dropped. */
    private void part(boolean both) {
        MemberId one = anyMember();
        MemberId other = anyMember();
        Set<MemberId> some = new TreeSet<>(List.of(one, random.nextBoolean() ? one : other));
        for (MemberId inside : some) {
            for (MemberId outside : cluster.members()) {
                if (!some.contains(outside)) {
                    cluster.firewall().cut(inside, outside);
                    if (both) {
                        cluster.firewall().cut(outside, inside);
                    }
                }
            }
        }
        some.forEach(member -> cluster.after(upTo(300), () -> suspect(member)));
        cluster.after(upTo(500), () -> cluster.firewall().mend());
    }

    /** Two members reach each other through the others only. */
    private void bridge() {
        cluster.firewall().part(List.of(anyMember()), List.of(anyMember()));
        cluster.after(upTo(500), () -> cluster.firewall().mend());
    }

    private MemberId anyMember() {
        return cluster.members().get(random.nextInt(cluster.members().size()));
    }

    private Duration upTo(int millis) {
        return Duration.ofMillis(random.nextInt(millis));
    }
}

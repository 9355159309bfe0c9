package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.SimulatedRaft;
import org.goaway.protocol.membership.EpochMessage.LeaseGranted;
import org.goaway.protocol.membership.RegistrarMessage.Joining;
import org.goaway.protocol.membership.RegistrarMessage.Promotion;

/**
 * Three or five members, three of them voters, live through all that can happen to them; then all heals, and everybody
 * who lives has to be back. Leases are looked at after every event, agreed epochs at every entry. Whatever a subclass
 * spoils must be noticed.
 */
class MembershipScenario {

    static final Duration LEASE = Duration.ofMillis(400);

    private static final Duration TROUBLE = Duration.ofMillis(2_500);
    /** Pauses and sleeping hosts last no longer. */
    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** Silence, election, lease, joining, catching up and being full. */
    private static final Duration RECOVERY = Duration.ofSeconds(6);

    final LeaseTimes times = LeaseTimes.of(LEASE);
    LocalCluster cluster;
    SimulatedRaft raft;
    RegisterChecker checker;
    Map<MemberId, MembershipMember> members;
    private final Set<MemberId> left = new TreeSet<>();
    private boolean voterLost;

    RegisterState newState() {
        return new RegisterState();
    }

    ReplicatedLog log(ReplicatedLog log) {
        return log;
    }

    BrokenLinks links(MemberId self) {
        return new BrokenLinks(self, times, member -> false);
    }

    Tenure tenure(MemberId self, long now) {
        return new Tenure(times, links(self), now);
    }

    Renewals renewals(EpochPorts ports) {
        return new Renewals(ports, times);
    }

    Contacts contacts(MemberId self, EpochPorts ports) {
        return new Contacts(self, ports, times);
    }

    /** How the leader answers. */
    Transport answers(Transport transport) {
        return transport;
    }

    /** How members ask the leader. */
    Transport wishes(Transport transport) {
        return transport;
    }

    LongSupplier wallMillis(MemberId self, Clock clock) {
        return () -> cluster.wallMillis(self);
    }

    void receive(Epochs epochs, MemberId from, Probe.Ping ping, Probe probe) {
        epochs.receive(from, ping, probe);
    }

    final void run(Seeds.Run seed) {
        begin(seed.seed() % 2 == 0 ? 3 : 5, seed);
        trouble();
        cluster.run(TROUBLE);
        heal();
        cluster.run(LONGEST);
        tellWhoIsPresent();
        boolean recovered = isWellWithin(RECOVERY);
        if (!recovered && dataIsGone()) {
            return;
        }
        assertThat(recovered)
                .as("all that live are full members with a lease: %s", this)
                .isTrue();
        long agreed = checker.agreed().number();
        for (int i = 0; i < 20; i++) {
            cluster.run(Duration.ofMillis(50));
            assertThat(isWell()).as("all is well, and stays so: %s", this).isTrue();
        }
        assertThat(checker.agreed().number()).as("without need nothing changes").isEqualTo(agreed);
        assertThat(raft.states()).allMatch(raft.states().get(0)::equals);
    }

    /** Lets time pass until all is well, but no longer than this. Returns whether it is. */
    final boolean isWellWithin(Duration most) {
        for (long end = cluster.now() + most.toNanos(); cluster.now() < end && !isWell(); ) {
            cluster.run(Duration.ofMillis(20));
        }
        return isWell();
    }

    /** A cluster of so many founders, all of them up. */
    final void begin(int size, Seeds.Run seed) {
        cluster = seed.show(new LocalCluster(size, seed.seed()));
        checker = seed.show(new RegisterChecker(cluster));
        cluster.members().forEach(this::drift);
        raft = new SimulatedRaft(cluster, cluster.members().subList(0, 3), this::newState);
        raft.onCommitted(checker::committed);
        raft.commit(new Found(cluster.epoch()));
        members = cluster.install(this::member);
        cluster.members().forEach(this::introduce);
        raft.elect();
        raft.supervise();
        cluster.afterEach(() -> members.forEach((id, member) -> checker.lease(id, member.epochs())));
    }

    private void drift(MemberId member) {
        cluster.drift(member, (cluster.random().nextDouble() - 0.5) * 0.02);
    }

    private MembershipMember member(MemberId self, Transport transport, Clock clock) {
        // Members without a vote are never told who leads.
        ReplicatedLog log = log(raft.log(self, raft.voters().contains(self)));
        Probe probe = new Probe(self, transport, clock, checker, cluster.random());
        EpochPorts ports = new EpochPorts(wishes(transport), clock, wallMillis(self, clock), log::leader);
        Epochs epochs = new Epochs(self, ports, renewals(ports), contacts(self, ports), List.of(probe), epoch -> {});
        Registrar registrar = new Registrar(self, answers(transport), clock, log, times, now -> tenure(self, now));
        return new MembershipMember(epochs, registrar, probe, this::receive);
    }

    private void introduce(MemberId newcomer) {
        cluster.members().forEach(other -> {
            members.get(other).onPresent(newcomer);
            members.get(newcomer).onPresent(other);
        });
    }

    private void trouble() {
        cluster.firewall()
                .loss(cluster.random().nextDouble() * 0.2)
                .repetition(cluster.random().nextDouble() * 0.2)
                .delay(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2 + cluster.random().nextInt(60)));
        for (Class<? extends Message> type : List.of(Joining.class, Promotion.class, LeaseGranted.class)) {
            if (cluster.random().nextInt(4) == 0) {
                cluster.firewall().delay(type, Duration.ZERO, TROUBLE.dividedBy(2));
            }
        }
        switch (cluster.random().nextInt(12)) {
            case 0 -> comeBackSoon(enter());
            case 1 -> comeBackUnaware(enter());
            case 2 -> wakeAtTheLastMoment(any());
            default -> {
                // Chance alone.
            }
        }
        for (int i = 2 + cluster.random().nextInt(6); i > 0; i--) {
            cluster.after(Duration.ofMillis(cluster.random().nextInt((int) TROUBLE.toMillis())), this::fault);
        }
    }

    /** A newcomer that is dropped and taken in again while its first promotion is still under way. */
    private void comeBackSoon(MemberId newcomer) {
        cluster.firewall().delay(Promotion.class, Duration.ofMillis(300), Duration.ofMillis(1_200));
        cluster.after(Duration.ofMillis(600), () -> {
            cluster.pause(newcomer, Duration.ofMillis(700));
            raft.voters().forEach(voter -> cluster.lose(voter, newcomer));
        });
        cluster.after(Duration.ofMillis(1_250), () -> introduce(newcomer));
    }

    /** A newcomer that is cut off, dropped and, since it asked so often before, taken in again, all without its knowing. */
    private void comeBackUnaware(MemberId newcomer) {
        cluster.firewall().delay(Joining.class, Duration.ZERO, Duration.ofMillis(1_500));
        cluster.after(Duration.ofMillis(500), () -> {
            cluster.firewall().part(List.of(newcomer), cluster.members());
            raft.voters().forEach(voter -> cluster.lose(voter, newcomer));
        });
        cluster.after(Duration.ofSeconds(1), () -> introduce(newcomer));
        cluster.after(Duration.ofMillis(1_300), () -> cluster.firewall().mend(newcomer));
    }

    /** A suspect that asks for its lease again just when the last one is over. */
    private void wakeAtTheLastMoment(MemberId suspect) {
        cluster.after(Duration.ofMillis(500), () -> {
            cluster.pause(
                    suspect,
                    Duration.ofNanos(times.over()).minusMillis(cluster.random().nextInt(100)));
            raft.voters().forEach(voter -> cluster.lose(voter, suspect));
        });
    }

    private void fault() {
        MemberId one = any();
        MemberId other = any();
        Duration time = Duration.ofMillis(cluster.random().nextInt((int) LONGEST.toMillis()));
        switch (cluster.random().nextInt(12)) {
            case 0, 1 -> cluster.pause(one, time);
            case 2 -> cluster.sleep(one, time);
            case 3 -> cluster.jumpWall(one, time.minusMillis(cluster.random().nextInt(1_000)));
            case 4 -> cluster.firewall().cut(one, other);
            case 5 -> cluster.firewall().part(List.of(one), cluster.members());
            case 6 -> cluster.lose(one, other);
            case 7 -> cluster.onLoop(enter(), () -> {});
            case 8 -> raft.elect();
            case 9 -> crash(one, false);
            case 10 -> crash(one, true);
            default -> leave(one);
        }
    }

    private MemberId any() {
        return cluster.members().get(cluster.random().nextInt(cluster.members().size()));
    }

    /** A new process that wants to come in. */
    final MemberId enter() {
        MemberId newcomer = cluster.enter();
        drift(newcomer);
        introduce(newcomer);
        cluster.onLoop(newcomer, () -> members.get(newcomer).epochs().join());
        return newcomer;
    }

    /** Ends a process unless the cluster would lose its log or its data with it. */
    private void crash(MemberId member, boolean seen) {
        if (maySpare(member)) {
            cluster.crash(member);
            MemberId witness = any();
            if (seen) {
                cluster.onLoop(witness, () -> members.get(witness).epochs().onEnded(member));
            }
        }
    }

    private void leave(MemberId member) {
        if (maySpare(member)) {
            left.add(member);
            cluster.onLoop(member, () -> {
                var unused = members.get(member).epochs().leave().thenRun(() -> end(member));
            });
        }
    }

    private void end(MemberId member) {
        cluster.after(Duration.ofMillis(1), () -> cluster.crash(member));
    }

    private boolean maySpare(MemberId member) {
        boolean voter = raft.voters().contains(member);
        boolean otherFull = checker.agreed().full().stream().anyMatch(full -> !full.equals(member) && lives(full));
        boolean may = lives(member) && otherFull && !(voter && voterLost);
        voterLost |= may && voter;
        return may;
    }

    private boolean lives(MemberId member) {
        return !cluster.crashed(member) && !left.contains(member);
    }

    private void heal() {
        cluster.firewall().heal();
        raft.heal();
        tellWhoIsPresent();
    }

    /** Suspicions of before may have come since the trouble ended. */
    private void tellWhoIsPresent() {
        members.forEach((observer, member) -> cluster.members()
                .forEach(other -> cluster.onLoop(observer, () -> {
                    if (lives(other)) {
                        member.onPresent(other);
                    } else {
                        member.onGone(other);
                    }
                })));
    }

    /** All full members died before the others had caught up: C3 keeps what can be kept. */
    private boolean dataIsGone() {
        return checker.agreed().full().stream().noneMatch(this::lives);
    }

    /** Whether everybody who lives, and nobody else, is a full member that knows it and holds its lease. */
    final boolean isWell() {
        Epoch agreed = checker.agreed();
        List<MemberId> live = new ArrayList<>(cluster.members());
        live.removeIf(member -> !lives(member));
        return agreed.members().equals(Set.copyOf(live))
                && Set.copyOf(agreed.full()).equals(Set.copyOf(live))
                && live.stream()
                        .allMatch(member -> isUpToDate(members.get(member).epochs()));
    }

    private boolean isUpToDate(Epochs epochs) {
        return epochs.epoch().filter(checker.agreed()::equals).isPresent()
                && epochs.lease().isHeld();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("agreed on " + checker.agreed());
        members.forEach((id, member) -> text.append("; ")
                .append(id)
                .append(lives(id) ? "" : " (dead)")
                .append(" knows ")
                .append(member.epochs().epoch().map(Epoch::number).orElse(0L))
                .append(member.epochs().lease().isHeld() ? " with lease" : ""));
        return text.toString();
    }
}

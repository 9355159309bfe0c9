package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.SimulatedRaft;

/**
 * Three or five members, three of them voters, of whom some do not reach each other for good while others reach both; or
 * one just pauses. Without those that had to go the others write, lock and renew on; then all heals, and everybody has to be
 * back. Whatever a subclass spoils must be noticed.
 */
class LinksScenario {

    private static final Duration LEASE = MembershipScenario.LEASE;
    private static final Duration BEGINS = Duration.ofSeconds(1);
    /** From a cut until its two ends' lack of contact counts: a lease, and what greets, asks and counts. */
    private static final Duration DETECTION = LEASE.multipliedBy(2);
    /** The leader that does not reach one end itself finds it silent, or deaf. */
    private static final Duration SILENCE = LEASE.multipliedBy(2);

    private static final Duration ELECTION = Duration.ofMillis(620);
    private static final Duration MARGIN = Duration.ofMillis(300);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration RECOVERY = Duration.ofSeconds(3);

    /** What is cut. */
    private enum Harm {
        NOTHING,
        BOTH_WAYS,
        ONE_WAY,
        OF_LEADER,
        ONE_WAY_OF_LEADER,
        THREE,
        LEADER_TO_ALL_BUT_ONE
    }

    final LeaseTimes times = LeaseTimes.of(LEASE);
    LocalCluster cluster;
    MemberId precious;
    private SimulatedRaft raft;
    private RegisterChecker checker;
    private Map<MemberId, LinksMember> members;
    private LinksClients clients;
    private final Set<BrokenLinks.Link> cut = new HashSet<>();

    BrokenLinks links(MemberId self) {
        return new BrokenLinks(self, times, member -> member.equals(precious));
    }

    Tenure tenure(MemberId self, long now) {
        return new Tenure(times, links(self), now);
    }

    /** How members tell the leader. */
    Transport wishes(Transport transport) {
        return transport;
    }

    /** How the leader answers. */
    Transport answers(Transport transport) {
        return transport;
    }

    Contacts contacts(MemberId self, EpochPorts ports) {
        return new Contacts(self, ports, times);
    }

    final void run(Seeds.Run seed) {
        int size = seed.seed() % 2 == 0 ? 3 : 5;
        begin(size, seed);
        assertThat(cluster.runUntil(this::isWhole, BEGINS))
                .as("all begin: %s", this)
                .isTrue();
        cluster.run(Duration.ofMillis(cluster.random().nextInt(500)));
        Harm harm = Harm.values()[cluster.random().nextInt(size == 3 ? 5 : Harm.values().length)];
        harm(harm);
        if (harm == Harm.NOTHING) {
            cluster.run(LEASE.multipliedBy(5));
            assertThat(checker.agreed().number())
                    .as("nobody goes for being slow: %s", this)
                    .isEqualTo(1);
        } else {
            goesOnWithoutSome(harm);
            heal();
        }
        assertThat(cluster.runUntil(this::isWhole, RECOVERY))
                .as("all are back: %s", this)
                .isTrue();
        staysForASecond(cluster.members());
        clients.shouldHaveKeptTheirPromises();
    }

    private void goesOnWithoutSome(Harm harm) {
        boolean many = harm == Harm.THREE || harm == Harm.LEADER_TO_ALL_BUT_ONE;
        Duration detection = harm == Harm.BOTH_WAYS || harm == Harm.ONE_WAY ? DETECTION : SILENCE.plus(ELECTION);
        // Of three links the last may have to wait until the epoch without the others' ends is agreed on.
        Duration most = detection.plus(LEASE).multipliedBy(many ? 2 : 1).plus(MARGIN);
        MemberId leader = raft.leader();
        boolean goesOn = cluster.runUntil(
                () -> {
                    assertThat(many || members.get(leader).epochs().lease().isHeld())
                            .as("%s: the leader reads on: %s", harm, this)
                            .isTrue();
                    return isLinked() && hold(checker.agreed().members());
                },
                most);
        assertThat(goesOn).as("%s: goes on within %s: %s", harm, most, this).isTrue();
        List<MemberId> stay = List.copyOf(checker.agreed().members());
        for (MemberId member : cluster.members()) {
            assertThat(stay.contains(member) || cut.stream().anyMatch(link -> link.ends(member)))
                    .as("%s: %s has no broken link, and stays: %s", harm, member, this)
                    .isTrue();
        }
        if (!many) {
            assertThat(stay)
                    .as("%s: who stays: %s", harm, this)
                    .hasSize(cluster.members().size() - 1);
            assertThat(stay).as("%s: a leader stays: %s", harm, this).contains(raft.leader());
            assertThat(stay.contains(precious) || cut.stream().anyMatch(link -> link.ends(raft.leader())))
                    .as("%s: %s stays rather than another: %s", harm, precious, this)
                    .isTrue();
        }
        staysForASecond(stay);
    }

    /** Nothing changes, and all these renew, write and lock. */
    private void staysForASecond(List<MemberId> stay) {
        long number = checker.agreed().number();
        long renewals = checker.renewals();
        List<List<Integer>> before = stay.stream().map(clients::finished).toList();
        for (int i = 0; i < 20; i++) {
            cluster.run(SECOND.dividedBy(20));
            assertThat(hold(stay))
                    .as("all that stay hold their leases: %s", this)
                    .isTrue();
        }
        assertThat(checker.agreed().number()).as("nothing changes: %s", this).isEqualTo(number);
        assertThat(checker.renewals()).isGreaterThan(renewals);
        for (int i = 0; i < stay.size(); i++) {
            List<Integer> after = clients.finished(stay.get(i));
            assertThat(after.get(0))
                    .as("writes of %s", stay.get(i))
                    .isGreaterThan(before.get(i).get(0));
            assertThat(after.get(1))
                    .as("locks of %s", stay.get(i))
                    .isGreaterThan(before.get(i).get(1));
        }
    }

    private void begin(int size, Seeds.Run seed) {
        cluster = seed.show(new LocalCluster(size, seed.seed()));
        checker = seed.show(new RegisterChecker(cluster));
        cluster.members()
                .forEach(member -> cluster.drift(member, (cluster.random().nextDouble() - 0.5) * 0.02));
        precious = any();
        raft = new SimulatedRaft(cluster, cluster.members().subList(0, 3), RegisterState::new);
        raft.onCommitted(checker::committed);
        raft.commit(new Found(cluster.epoch()));
        members = cluster.install(this::member);
        introduce();
        raft.elect();
        raft.supervise();
        raft.heal();
        clients = new LinksClients(seed, cluster, checker, members);
        cluster.afterEach(() -> members.forEach((id, member) -> checker.lease(id, member.epochs())));
    }

    private LinksMember member(MemberId self, Transport transport, Clock clock) {
        Transport sealing = LinksMember.sealing(transport);
        ReplicatedLog log = raft.log(self, raft.voters().contains(self));
        EpochPorts ports = new EpochPorts(wishes(sealing), clock, () -> cluster.wallMillis(self), log::leader);
        return new LinksMember(
                self,
                sealing,
                clock,
                checker,
                (protocols, listener) ->
                        new Epochs(self, ports, new Renewals(ports, times), contacts(self, ports), protocols, listener),
                new Registrar(self, answers(sealing), clock, log, times, now -> tenure(self, now)));
    }

    private void introduce() {
        members.forEach((observer, member) ->
                cluster.members().forEach(other -> cluster.onLoop(observer, () -> member.onPresent(other))));
    }

    private void harm(Harm harm) {
        MemberId leader = raft.leader();
        List<MemberId> others = new ArrayList<>(cluster.members());
        others.remove(leader);
        Collections.shuffle(others, cluster.random());
        switch (harm) {
            case NOTHING ->
                cluster.pause(any(), LEASE.plusMillis(cluster.random().nextInt((int) LEASE.toMillis() * 6 / 10)));
            case BOTH_WAYS -> cut(others.get(0), others.get(1), true);
            case ONE_WAY -> cut(others.get(0), others.get(1), false);
            case OF_LEADER -> cut(leader, others.get(0), true);
            case ONE_WAY_OF_LEADER -> cutOneWay(leader, others.get(0));
            case THREE -> {
                // Where no two voters reach each other nothing can be agreed on.
                BrokenLinks.Link stays = BrokenLinks.Link.of(leader, voterWith(leader));
                while (cut.size() < 3) {
                    MemberId one = any();
                    MemberId other = any();
                    if (!stays.ends(one) || !stays.ends(other)) {
                        cut(one, other, cluster.random().nextBoolean());
                    }
                }
            }
            case LEADER_TO_ALL_BUT_ONE -> others.subList(0, 3).forEach(other -> cutOneWay(leader, other));
        }
    }

    private MemberId voterWith(MemberId leader) {
        return raft.voters().get(raft.voters().get(0).equals(leader) ? 1 : 0);
    }

    private MemberId any() {
        return cluster.members().get(cluster.random().nextInt(cluster.members().size()));
    }

    private void cutOneWay(MemberId one, MemberId other) {
        boolean turned = cluster.random().nextBoolean();
        cut(turned ? other : one, turned ? one : other, false);
    }

    /** What is cut off is soon out of view, too, here or there. */
    private void cut(MemberId from, MemberId to, boolean bothWays) {
        if (from.equals(to) || !cut.add(BrokenLinks.Link.of(from, to))) {
            return;
        }
        cluster.firewall().cut(from, to);
        if (bothWays) {
            cluster.firewall().cut(to, from);
        }
        if (cluster.random().nextBoolean()) {
            cluster.lose(from, to);
            cluster.lose(to, from);
        }
    }

    private void heal() {
        cluster.firewall().heal();
        introduce();
    }

    /** Whether all members of the epoch reach each other. */
    private boolean isLinked() {
        Set<MemberId> stay = checker.agreed().members();
        return cut.stream().noneMatch(link -> stay.contains(link.one()) && stay.contains(link.other()));
    }

    private boolean isWhole() {
        Set<MemberId> all = new TreeSet<>(cluster.members());
        return checker.agreed().members().equals(all)
                && Set.copyOf(checker.agreed().full()).equals(all)
                && hold(all);
    }

    /** Whether these know what is agreed on and hold their leases. */
    private boolean hold(Iterable<MemberId> those) {
        for (MemberId member : those) {
            Epochs epochs = members.get(member).epochs();
            if (!epochs.lease().isHeld()
                    || epochs.epoch().filter(checker.agreed()::equals).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("cut " + cut + ", " + raft.leader() + " leads, agreed on "
                + checker.agreed() + ", precious " + precious);
        members.forEach((id, member) -> text.append("; ")
                .append(id)
                .append(" knows ")
                .append(member.epochs().epoch().map(Epoch::number).orElse(0L))
                .append(member.epochs().lease().isHeld() ? " with lease" : ""));
        return text.toString();
    }
}

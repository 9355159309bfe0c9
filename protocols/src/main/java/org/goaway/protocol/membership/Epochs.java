package org.goaway.protocol.membership;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.membership.EpochMessage.Announcement;
import org.goaway.protocol.membership.EpochMessage.EpochRequest;
import org.goaway.protocol.membership.EpochMessage.Heard;
import org.goaway.protocol.membership.EpochMessage.Hello;
import org.goaway.protocol.membership.EpochMessage.LeaseGranted;
import org.goaway.protocol.membership.EpochMessage.LeaseRefused;
import org.goaway.protocol.membership.EpochMessage.NotLeading;
import org.goaway.protocol.membership.EpochMessage.OtherCluster;
import org.goaway.protocol.membership.EpochMessage.Stale;
import org.goaway.protocol.membership.RegistrarMessage.Ended;
import org.goaway.protocol.membership.RegistrarMessage.Failed;
import org.goaway.protocol.membership.RegistrarMessage.Joining;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;
import org.goaway.protocol.membership.RegistrarMessage.Leaving;
import org.goaway.protocol.membership.RegistrarMessage.Promotion;

/**
 * A member's side of the epochs (PROTOCOLS.md 1): it learns records, keeps the lease, holds back messages of epochs it has
 * not learned and refuses those of earlier ones, joins and comes back by itself, says when its copies are complete, and
 * leaves. One writer: the event loop; {@link #lease} is for any thread.
 */
public final class Epochs {

    private final MemberId self;
    private final EpochPorts ports;
    private final LeaseTimes times;
    private final Learners learners;
    private final EpochListener listener;
    private final Renewals renewals;
    private final LeaderSearch search;
    private final Contacts contacts;
    private final Gate gate = new Gate();
    private final Set<MemberId> ended = new TreeSet<>();
    private final Map<MemberId, Long> staleTold = new HashMap<>();
    private MemberId cluster;
    /** The last epoch that this member learned, which it is in; null: none. */
    private Epoch known;
    /** The number of the last epoch without this member. */
    private long outOf;

    private boolean joins;
    private CompletableFuture<Void> left;
    private long leaveUntil;
    private long wishedAt;
    private long failedAt;
    private long recordAskedAt;

    /**
     * @param lease how long a lease lasts; the same for all members
     * @param protocols learn each epoch in this order; this member is full when all of them are synced. When one throws, the
     *     others learn it all the same, and this member goes without a lease, has itself dropped and comes back
     */
    public Epochs(MemberId self, EpochPorts ports, Duration lease, List<Protocol> protocols, EpochListener listener) {
        this(
                self,
                ports,
                new Renewals(ports, LeaseTimes.of(lease)),
                new Contacts(self, ports, LeaseTimes.of(lease)),
                protocols,
                listener);
    }

    Epochs(
            MemberId self,
            EpochPorts ports,
            Renewals renewals,
            Contacts contacts,
            List<Protocol> protocols,
            EpochListener listener) {
        this.self = self;
        this.ports = ports;
        this.times = renewals.times();
        this.learners = new Learners(protocols);
        this.listener = listener;
        this.renewals = renewals;
        this.contacts = contacts;
        this.search = new LeaderSearch(self, ports, times.wishLasts());
        this.wishedAt = ports.clock().nanos() - times.wish();
        this.recordAskedAt = wishedAt;
        this.failedAt = ports.clock().nanos() - times.recovery();
    }

    /** This member is one of the founders. */
    public void begin(Epoch founding) {
        onRecord(EpochRegister.cluster(founding), founding);
    }

    /** This member is a new process that wants to come into the cluster there is; it asks until it is in. */
    public void join() {
        joins = true;
    }

    /** This member's lease. */
    public MemberLease lease() {
        return renewals.lease();
    }

    /** The last epoch that this member has learned; empty before it came in. */
    public Optional<Epoch> epoch() {
        return Optional.ofNullable(known);
    }

    /** Whether this member is in the last epoch that it was told of. */
    public boolean isMember() {
        return known != null && known.number() > outOf;
    }

    /** The other members with which this one has had no contact for the time of a lease. */
    public Set<MemberId> unheard() {
        return contacts.unheard();
    }

    /**
     * Gives up the lease for good and asks to be dropped. Called on the loop, as is completed what it returns: when an epoch
     * without this member was agreed on, or after the time of a lease. A last member needs nobody's agreement.
     */
    public CompletableFuture<Void> leave() {
        if (left == null) {
            left = new CompletableFuture<>();
            renewals.dropLease();
            leaveUntil = ports.clock().nanos() + times.lease();
            if (!isMember() || known.members().size() == 1) {
                left.complete(null);
            } else {
                wish(ports.clock().nanos());
            }
        }
        return left;
    }

    /** The process of {@code member} surely has ended, so its lease has, too. */
    public void onEnded(MemberId member) {
        ended.add(member);
        wishedAt = ports.clock().nanos() - times.wish();
    }

    public void onPresent(MemberId member) {
        search.onPresent(member);
    }

    public void onGone(MemberId member) {
        search.onGone(member);
    }

    /** C7: hands {@code message} to {@code target} now, or once its epoch is learned, or not at all. */
    public void receive(MemberId from, Fenced message, Protocol target) {
        long number = known == null ? 0 : known.number();
        if (message.epoch() > number) {
            if (message.epoch() > outOf) {
                gate.hold(from, message, target);
                askForRecord(from);
            }
        } else if (message.epoch() < number) {
            refuse(from, number);
        } else if (known.members().contains(from)) {
            target.onMessage(from, message);
        }
    }

    private void refuse(MemberId from, long number) {
        Long told = staleTold.put(from, number);
        if (told == null || told < number) {
            ports.transport().send(from, new Stale(cluster, number));
        }
    }

    private void askForRecord(MemberId from) {
        long now = ports.clock().nanos();
        if (now - recordAskedAt >= times.wish() / 4) {
            recordAskedAt = now;
            ports.transport().send(from, new EpochRequest(cluster, known == null ? 0 : known.number()));
        }
    }

    public void onMessage(MemberId from, EpochMessage message) {
        watch(false);
        if (message instanceof LeaseGranted grant) {
            onGranted(from, grant);
        } else if (message instanceof LeaseRefused) {
            search.onAnswered(from);
        } else if (message instanceof Announcement news) {
            onRecord(news.cluster(), news.epoch());
        } else if (message instanceof EpochRequest request) {
            onEpochRequest(from, request);
        } else if (message instanceof Stale stale) {
            onStale(from, stale);
        } else if (message instanceof NotLeading other) {
            onNotLeading(from, other);
        } else if (message instanceof Hello hello) {
            contacts.onHello(from, hello);
        } else if (message instanceof Heard heard) {
            onHeard(from, heard);
        } else if (message instanceof OtherCluster other) {
            listener.refused(other.cluster());
        }
    }

    private void onGranted(MemberId from, LeaseGranted grant) {
        if (!grant.cluster().equals(cluster) || left != null) {
            return;
        }
        if (grant.record() != null) {
            onRecord(grant.cluster(), grant.record());
        }
        // L1: a member that was dropped and taken back would read its old copies by this lease.
        if (isMember() && known.number() >= grant.number() && renewals.onGranted(grant)) {
            search.onAnswered(from);
        }
    }

    private void onRecord(MemberId of, Epoch epoch) {
        if (cluster != null && !cluster.equals(of)) {
            return;
        }
        if (known != null && epoch.number() <= known.number()) {
            return;
        }
        if (epoch.members().contains(self)) {
            cluster = of;
            if (epoch.number() > outOf) {
                learn(epoch);
            }
        } else if (known == null) {
            contacts.onPeers(epoch.members());
        } else if (epoch.number() > outOf) {
            onDropped(epoch);
        }
    }

    /** Who is out asks again as soon as there is one obstacle less. */
    private void onHeard(MemberId from, Heard heard) {
        if (contacts.onHeard(from, heard) && !isMember()) {
            wishedAt = ports.clock().nanos() - times.wish();
        }
    }

    /** C6: all at once, before any other message is handled. */
    private void learn(Epoch epoch) {
        boolean anew = epoch.entersAnew(self, known == null ? 0 : known.number());
        if (anew) {
            renewals.dropLease();
        }
        known = epoch;
        if (left != null && epoch.members().size() == 1) {
            left.complete(null);
        }
        staleTold.clear();
        Optional<Learners.Failure> failure = teach(epoch, anew);
        contacts.onPeers(epoch.members());
        listener.learned(epoch);
        for (Gate.Held held : gate.takeAll()) {
            receive(held.from(), held.message(), held.target());
        }
        if (failure.isPresent()) {
            throw failure.get().exception(epoch); // for the loop to log
        }
    }

    private Optional<Learners.Failure> teach(Epoch epoch, boolean anew) {
        try {
            return learners.learn(epoch, anew);
        } finally {
            if (!learners.areWhole()) {
                // Its copies may be old, so nobody may read them. It asks to be dropped, and comes in anew.
                renewals.dropLease();
                failedAt = ports.clock().nanos();
                wishedAt = failedAt - times.wish();
            }
        }
    }

    private void onDropped(Epoch epoch) {
        renewals.dropLease();
        outOf = epoch.number();
        contacts.onPeers(epoch.members());
        gate.takeAll();
        if (left != null) {
            left.complete(null);
        }
        listener.outOf(epoch);
    }

    private void onNotLeading(MemberId from, NotLeading other) {
        search.onNotLeading(from, other);
        if (other.leader() != null && !other.leader().equals(from)) {
            // The next tick asks the one that does lead.
            renewals.askAgain();
            wishedAt = ports.clock().nanos() - times.wish();
        }
    }

    private void onEpochRequest(MemberId from, EpochRequest request) {
        if (known != null && request.known() < known.number()) {
            ports.transport().send(from, new Announcement(cluster, known));
        }
    }

    private void onStale(MemberId from, Stale stale) {
        if (known != null && stale.number() > known.number() && stale.number() > outOf) {
            askForRecord(from);
        }
    }

    private void watch(boolean tick) {
        if (renewals.watch(tick)) {
            search.restart();
        }
    }

    /** Time has passed; called about every 10 milliseconds, and before other inputs when the loop had stopped. */
    public void onTick(long nanos) {
        watch(true);
        if (left == null) {
            contacts.onTick(nanos);
        }
        if (left != null && nanos - leaveUntil >= 0) {
            left.complete(null);
        }
        if (isMember() && left == null && learners.areWhole() && renewals.isDue()) {
            tellLeader(() ->
                    new LeaseRequest(cluster, renewals.ask(), known.number(), renewals.heard(), contacts.unheard()));
        }
        if (nanos - wishedAt >= times.wish()) {
            wish(nanos);
        }
    }

    private void wish(long nanos) {
        wishedAt = nanos;
        if (left != null) {
            if (!left.isDone()) {
                tellLeader(() -> new Leaving(cluster));
            }
        } else if (isMember()) {
            if (!learners.areWhole()) {
                search.next(known.members()).ifPresent(leader -> {
                    ports.transport()
                            .send(leader, new Failed(cluster, known.joined().get(self)));
                    // It asks for no lease, so nobody would tell it again that it was dropped.
                    askForRecord(leader);
                });
            } else if (!known.full().contains(self) && learners.areSynced()) {
                tellLeader(() -> new Promotion(cluster, known.joined().get(self)));
            }
            ended.retainAll(known.members());
            ended.forEach(member -> tellLeader(() -> new Ended(cluster, member)));
        } else if ((joins || known != null) && nanos - failedAt >= times.recovery()) {
            tellLeader(() -> new Joining(cluster, contacts.heard()));
        }
    }

    private void tellLeader(Supplier<RegistrarMessage> message) {
        Collection<MemberId> members = known == null ? List.of() : known.members();
        search.next(members).ifPresent(leader -> ports.transport().send(leader, message.get()));
    }
}

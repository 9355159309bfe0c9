package org.goaway.protocol.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.membership.EpochMessage.Announcement;
import org.goaway.protocol.membership.EpochMessage.LeaseGranted;
import org.goaway.protocol.membership.EpochMessage.LeaseRefused;
import org.goaway.protocol.membership.EpochMessage.NotLeading;
import org.goaway.protocol.membership.EpochMessage.OtherCluster;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;
import org.goaway.protocol.membership.MembershipCommand.Promote;
import org.goaway.protocol.membership.MembershipCommand.Renew;
import org.goaway.protocol.membership.MembershipCommand.Renewal;
import org.goaway.protocol.membership.RegistrarMessage.Ended;
import org.goaway.protocol.membership.RegistrarMessage.Failed;
import org.goaway.protocol.membership.RegistrarMessage.Joining;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;
import org.goaway.protocol.membership.RegistrarMessage.Leaving;
import org.goaway.protocol.membership.RegistrarMessage.Promotion;

/**
 * The leader's side of the epochs (PROTOCOLS.md 1): it brings renewals into the log, many members' in one entry, and
 * proposes who is dropped, taken in and full. Every member that may lead has one; it acts only while the log says that it
 * leads. One writer: the event loop.
 */
public final class Registrar {

    /** An entry that was appended and not answered yet. Compared by identity. */
    private static final class UnderWay {
        private final long since;

        UnderWay(long since) {
            this.since = since;
        }
    }

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final ReplicatedLog log;
    private final LeaseTimes times;
    private final LongFunction<Tenure> tenures;
    private final Set<MemberId> gone = new HashSet<>();
    /** Who left or whose process has ended. For good: a process that starts again is another member (C1). */
    private final Set<MemberId> over = new HashSet<>();

    /** Who has failed in its present stint, by the epoch with which that began. */
    private final Map<MemberId, Long> failed = new HashMap<>();

    private final Map<MemberId, Long> joining = new HashMap<>();
    private final Map<MemberId, LeaseRequest> waiting = new HashMap<>();
    private final Map<MemberId, Long> promotions = new HashMap<>();
    private Tenure tenure;
    private UnderWay renewing;
    private UnderWay changing;
    private long renewedAt;
    private long changedAt;
    private long tickedAt;
    private long leavesAt;

    /**
     * @param lease how long a lease lasts; the same for all members
     * @param precious of two members that do not reach each other one has to go: rather not one of these
     */
    public Registrar(
            MemberId self,
            Transport transport,
            Clock clock,
            ReplicatedLog log,
            Duration lease,
            Predicate<MemberId> precious) {
        this(self, transport, clock, log, LeaseTimes.of(lease), now -> {
            LeaseTimes times = LeaseTimes.of(lease);
            return new Tenure(times, new BrokenLinks(self, times, precious), now);
        });
    }

    /** @param tenures what begins when this member is seen to lead */
    Registrar(
            MemberId self,
            Transport transport,
            Clock clock,
            ReplicatedLog log,
            LeaseTimes times,
            LongFunction<Tenure> tenures) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.log = log;
        this.times = times;
        this.tenures = tenures;
        this.tickedAt = clock.nanos();
    }

    /** The view has {@code member} (again). */
    public void onPresent(MemberId member) {
        gone.remove(member);
    }

    /** The view lost {@code member}: a suspicion, which alone changes nothing before the member's lease is over. */
    public void onGone(MemberId member) {
        gone.add(member);
    }

    public void onMessage(MemberId from, RegistrarMessage message) {
        long now = clock.nanos();
        if (!leads(now)) {
            transport.send(from, new NotLeading(log.leader().orElse(null)));
            return;
        }
        restartIfLate(now);
        Agreed agreed = tenure.agreed();
        if (agreed != null && message.cluster() != null && !message.cluster().equals(agreed.cluster())) {
            transport.send(from, new OtherCluster(agreed.cluster()));
        } else if (message instanceof LeaseRequest request) {
            onLeaseRequest(from, request, now);
        } else if (message instanceof Joining wish) {
            onJoining(from, wish, now);
        } else if (message instanceof Leaving) {
            onLeaving(from, now);
        } else if (message instanceof Ended end) {
            over.add(end.member());
        } else if (message instanceof Failed failure) {
            failed.put(from, failure.joinEpoch());
            joining.remove(from); // it wished that before it came in
        } else if (message instanceof Promotion promotion) {
            promotions.put(from, promotion.joinEpoch());
        }
        propose(now);
    }

    private boolean leads(long now) {
        if (log.leader().filter(self::equals).isEmpty()) {
            tenure = null;
            waiting.clear();
            failed.clear();
            joining.clear();
            promotions.clear();
            return false;
        }
        if (tenure == null) {
            tenure = tenures.apply(now);
            renewing = null;
            changing = null;
            renewedAt = now - times.batch();
            changedAt = now - times.between();
        }
        return true;
    }

    private void onLeaseRequest(MemberId from, LeaseRequest request, long now) {
        Agreed agreed = tenure.agreed();
        if (agreed != null) {
            Long joined = agreed.epoch().joined().get(from);
            if (joined == null || request.known() < joined) {
                transport.send(from, new Announcement(agreed.cluster(), agreed.epoch()));
                return;
            }
        }
        if (tenure.onRequest(from, request, now)) {
            waiting.merge(from, request, (one, other) -> other.sent() - one.sent() > 0 ? other : one);
        } else if (tenure.isApart(from, now)) {
            // It shall go on asking here: what it tells of its links counts only while it is heard.
            transport.send(from, new LeaseRefused(agreed.cluster()));
        }
    }

    private void onLeaving(MemberId from, long now) {
        if (over.add(from) && from.equals(self)) {
            leavesAt = now + times.lastToLeave();
        }
    }

    private void onJoining(MemberId from, Joining wish, long now) {
        Agreed agreed = tenure.agreed();
        if (agreed == null) {
            return;
        }
        Set<MemberId> members = agreed.epoch().members();
        boolean whole = members.stream().allMatch(member -> wish.heard().contains(member) || isLost(member, now));
        if (members.contains(from) || !whole) {
            transport.send(from, new Announcement(agreed.cluster(), agreed.epoch()));
        } else {
            joining.put(from, now);
        }
    }

    /** Time has passed; called about every 10 milliseconds. */
    public void onTick(long nanos) {
        if (leads(nanos)) {
            restartIfLate(nanos);
            propose(nanos);
        }
        tickedAt = nanos;
    }

    /** Before anything is proposed: after a standstill messages may come before the next tick. */
    private void restartIfLate(long now) {
        if (now - tickedAt > times.patience()) {
            tickedAt = now;
            tenure.restart(now);
        }
    }

    private void propose(long now) {
        if (isFree(renewing, now) && isRenewalDue(now)) {
            renew(now);
        }
        if (tenure.agreed() != null) {
            promote();
            if (isFree(changing, now) && now - changedAt >= times.between()) {
                change(now);
            }
        }
    }

    private boolean isFree(UnderWay entry, long now) {
        return entry == null || now - entry.since >= times.patience();
    }

    private boolean isRenewalDue(long now) {
        boolean urgent = waiting.keySet().stream().anyMatch(member -> tenure.isUrgent(member, now));
        boolean wanted = !waiting.isEmpty() || tenure.agreed() == null;
        return urgent || (wanted && now - renewedAt >= times.batch());
    }

    private void renew(long now) {
        // What arrives from now on waits for the next entry: an answer confirms only what was asked before it (L2).
        Map<MemberId, LeaseRequest> batch = new HashMap<>(waiting);
        waiting.clear();
        List<Renewal> renewals = new ArrayList<>();
        batch.forEach((member, request) -> renewals.add(new Renewal(member, request.known())));
        UnderWay entry = new UnderWay(now);
        renewing = entry;
        renewedAt = now;
        var unused = log.append(new Renew(renewals)).whenComplete((answer, failure) -> {
            if (renewing == entry) {
                renewing = null;
            }
            if (answer instanceof Renewed renewed) {
                onAgreed(renewed.agreed());
                batch.forEach((member, request) -> answer(member, request, renewed));
            }
        });
    }

    private void answer(MemberId member, LeaseRequest request, Renewed renewed) {
        MemberId cluster = renewed.agreed().cluster();
        Epoch epoch = renewed.agreed().epoch();
        Message answer = new Announcement(cluster, epoch);
        if (renewed.granted().contains(member)) {
            if (tenure != null) {
                tenure.onGrant(member, clock.nanos());
            }
            Epoch news = request.known() < epoch.number() ? epoch : null;
            answer = new LeaseGranted(cluster, request.sent(), epoch.number(), news);
        }
        transport.send(member, answer);
    }

    private void promote() {
        Agreed agreed = tenure.agreed();
        promotions.forEach((member, joined) -> {
            if (!agreed.promoted().contains(member) && !agreed.epoch().full().contains(member)) {
                var unused = log.append(new Promote(member, joined)).whenComplete(this::onAnswer);
            }
        });
        promotions.clear();
    }

    private void change(long now) {
        Agreed agreed = tenure.agreed();
        List<Drop> drop = drops(agreed, now);
        List<MemberId> add = joiners(agreed.epoch(), now);
        if (drop.isEmpty() && add.isEmpty() && agreed.promoted().isEmpty()) {
            return;
        }
        UnderWay entry = new UnderWay(now);
        changing = entry;
        changedAt = now;
        Change change = new Change(agreed.epoch().number(), drop, add);
        var unused = log.append(change).whenComplete((answer, failure) -> {
            if (changing == entry) {
                changing = null;
            }
            onAnswer(answer, failure);
        });
    }

    private List<Drop> drops(Agreed agreed, long now) {
        failed.entrySet()
                .removeIf(stint ->
                        !stint.getValue().equals(agreed.epoch().joined().get(stint.getKey())));
        Map<MemberId, Drop> drops = new TreeMap<>();
        for (MemberId member : agreed.epoch().members()) {
            if (member.equals(self) && over.contains(self)) {
                // When all leave together, whoever leads serves the others first.
                if (now - leavesAt >= 0) {
                    drops.put(self, Drop.forGood(self));
                }
            } else if (over.contains(member)) {
                drops.put(member, Drop.forGood(member));
            } else if (!failed.containsKey(member)
                    && isLost(member, now)
                    && tenure.hasCaughtUp(now)
                    && tenure.isLeaseOver(member, now)) {
                drops.put(member, new Drop(member, tenure.renewals(member)));
            }
        }
        Set<MemberId> full = new TreeSet<>(agreed.epoch().full());
        full.addAll(agreed.promoted());
        dropFailed(drops, full, now);
        if (drops.keySet().containsAll(full)) {
            // C3 would refuse it all. Who is merely lost may bring the data back; else the last to leave keeps it.
            full.stream().filter(member -> !over.contains(member)).forEach(drops::remove);
            if (drops.keySet().containsAll(full)) {
                drops.remove(full.contains(self) ? self : full.iterator().next());
            }
        }
        return List.copyOf(drops.values());
    }

    /**
     * Who has failed holds no lease in this stint and asks for none; what it had asked before may be counted still (C2a). One
     * of them stays, though, where no full member is left that is well: what was written may be nowhere else, and the others
     * come back to it.
     */
    private void dropFailed(Map<MemberId, Drop> drops, Set<MemberId> full, long now) {
        Set<MemberId> out = new TreeSet<>(failed.keySet());
        out.removeAll(over);
        boolean well = full.stream()
                .anyMatch(member -> !over.contains(member) && !out.contains(member) && !isLost(member, now));
        if (!well) {
            // By the view only: who stays asks for no lease, so it is silent.
            full.stream()
                    .filter(out::contains)
                    .min(Comparator.comparing((MemberId member) -> gone.contains(member))
                            .thenComparing(member -> !member.equals(self)))
                    .ifPresent(out::remove);
        }
        out.forEach(member -> drops.put(member, new Drop(member, tenure.renewals(member))));
    }

    private List<MemberId> joiners(Epoch epoch, long now) {
        joining.values().removeIf(since -> now - since >= times.wishLasts());
        return joining.keySet().stream()
                .filter(member -> !epoch.members().contains(member))
                .filter(member -> !gone.contains(member) && !over.contains(member))
                .sorted()
                .toList();
    }

    /** Whether nobody is served by keeping the member; it still may hold its lease. */
    private boolean isLost(MemberId member, long now) {
        return !member.equals(self)
                && (gone.contains(member) || tenure.isSilent(member, now) || tenure.isApart(member, now));
    }

    /** A failure is no news: the entry may be applied or not, and the next look at the register tells. */
    private void onAnswer(Message answer, Throwable failure) {
        if (answer instanceof Agreed agreed) {
            onAgreed(agreed);
        }
    }

    private void onAgreed(Agreed agreed) {
        if (tenure == null) {
            return;
        }
        Agreed before = tenure.agreed();
        if (tenure.learn(agreed, clock.nanos())) {
            Set<MemberId> told = new TreeSet<>(before.epoch().members());
            told.addAll(agreed.epoch().members());
            transport.multicast(told, new Announcement(agreed.cluster(), agreed.epoch()));
            transport.send(self, new Announcement(agreed.cluster(), agreed.epoch()));
        }
    }
}

package org.goaway.protocol.membership;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;
import org.goaway.protocol.membership.MembershipCommand.Promote;
import org.goaway.protocol.membership.MembershipCommand.Renew;
import org.goaway.protocol.membership.MembershipCommand.Renewal;

/**
 * The replicated register of the current epoch (PROTOCOLS.md 1.1). One writer: whoever applies the log.
 *
 * <p>What it was told once too often changes nothing: a {@link Change} names the epoch it starts from, a {@link Promote}
 * its stint; a {@link Renew} applied twice only delays a drop.
 */
public final class EpochRegister {

    private MemberId cluster;
    private Epoch current;
    private final Set<MemberId> promoted = new TreeSet<>();
    private final Map<MemberId, Long> renewals = new TreeMap<>();

    /** Applies the command: {@link Found} is answered by {@link Founded}, the others by {@link Agreed} and {@link Renewed}. */
    public Message apply(MembershipCommand command) {
        if (command instanceof Found found) {
            return found(found.epoch());
        } else if (current == null) {
            return new Founded(null);
        } else if (command instanceof Renew renew) {
            return renew(renew.renewals());
        } else if (command instanceof Change change) {
            change(change);
        } else if (command instanceof Promote promote) {
            promote(promote);
        }
        return agreed();
    }

    /** The epoch that holds; empty before the founding. */
    public Optional<Epoch> current() {
        return Optional.ofNullable(current);
    }

    /** What names the cluster that begins with this epoch: no process is a founder twice. */
    static MemberId cluster(Epoch founding) {
        return founding.members().iterator().next();
    }

    private Founded found(Epoch epoch) {
        if (current == null) {
            cluster = cluster(epoch);
            install(epoch);
        }
        return new Founded(current);
    }

    private void install(Epoch next) {
        // A count belongs to a stint: it starts again with the next one.
        renewals.keySet().removeIf(member -> !next.members().contains(member));
        next.joined().forEach((member, joined) -> {
            if (joined == next.number()) {
                renewals.put(member, 0L);
            }
        });
        promoted.clear();
        current = next;
    }

    private void change(Change change) {
        if (change.from() != current.number()) {
            return;
        }
        long number = current.number() + 1;
        Map<MemberId, Long> joined = new TreeMap<>(current.joined());
        for (Drop drop : change.drop()) {
            // C2a: who was renewed after the proposer had decided may hold a lease still.
            if (renewals.getOrDefault(drop.member(), 0L) <= drop.renewals()) {
                joined.remove(drop.member());
            }
        }
        change.add().forEach(member -> joined.putIfAbsent(member, number));
        Set<MemberId> full = new TreeSet<>(current.full());
        full.addAll(promoted);
        // C3: whoever is in by this stint holds its data still.
        full.removeIf(member -> !current.joined().getOrDefault(member, 0L).equals(joined.get(member)));
        boolean same = joined.equals(current.joined()) && full.equals(Set.copyOf(current.full()));
        if (!same && !full.isEmpty()) {
            install(new Epoch(number, joined, List.copyOf(full)));
        }
    }

    private void promote(Promote promote) {
        boolean thisStint =
                Long.valueOf(promote.joinEpoch()).equals(current.joined().get(promote.member()));
        if (thisStint && !current.full().contains(promote.member())) {
            promoted.add(promote.member());
        }
    }

    private Renewed renew(List<Renewal> wished) {
        Set<MemberId> granted = new HashSet<>();
        for (Renewal renewal : wished) {
            Long joined = current.joined().get(renewal.member());
            if (joined != null && renewal.known() >= joined) {
                renewals.merge(renewal.member(), 1L, Long::sum);
                granted.add(renewal.member());
            }
        }
        return new Renewed(agreed(), granted);
    }

    private Agreed agreed() {
        return new Agreed(cluster, current, promoted, renewals);
    }

    /** Hands out what the register holds, if it was founded. */
    public void writeTo(Consumer<Message> pieces) {
        if (current != null) {
            pieces.accept(agreed());
        }
    }

    /** Forgets everything, as before the founding. */
    public void reset() {
        cluster = null;
        current = null;
        promoted.clear();
        renewals.clear();
    }

    /** Takes over what {@link #writeTo} handed out elsewhere; called after {@link #reset}. */
    public void read(Agreed piece) {
        cluster = piece.cluster();
        current = piece.epoch();
        promoted.addAll(piece.promoted());
        renewals.putAll(piece.renewals());
    }
}

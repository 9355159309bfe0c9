package org.goaway.protocol.weak;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/**
 * Rounds of collecting tombstones, one after the other within an epoch. The epoch's first member begins each once all
 * members have told that the one before is held. Belongs to the loop.
 *
 * <p>They rest while nothing was removed for some rounds, and while a member is gone.
 */
final class Rounds {

    /** Whoever had a removal last has forgotten it by then. */
    private static final int QUIET = 5;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final long pace;
    private final Copies copies;
    private final Outbox outbox;
    private final Tombstones tombstones;
    private final Runnable entered;
    private final Consumer<FieldId> lost;

    private Epoch epoch;
    private Round round = Round.NONE;
    private Round fence = Round.NONE;
    private long mark;
    private boolean told = true;
    private boolean synced;

    /** Of the member that begins rounds: who has not told that the present one is held. */
    private final Set<MemberId> missing = new TreeSet<>();

    private CompletableFuture<Void> doubtful = new CompletableFuture<>();
    private long begun;
    private long asked;
    private int quiet;

    /**
     * @param entered called when a round has been entered, before it is looked what is to be sent
     * @param lost is told of the fields whose value did not count any more
     */
    Rounds(
            MemberId self,
            Transport transport,
            Clock clock,
            Limits limits,
            Copies copies,
            Outbox outbox,
            Runnable entered,
            Consumer<FieldId> lost) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.pace = limits.pace();
        this.copies = copies;
        this.outbox = outbox;
        this.tombstones = new Tombstones(copies);
        this.entered = entered;
        this.lost = lost;
    }

    /** Whether a message of this round may tell of what was forgotten since. */
    boolean isPast(Round sent) {
        return sent.compareTo(fence) < 0;
    }

    /** Whether a message is of an epoch that this member does not know yet: it may enter that anew. */
    boolean isAhead(Round sent) {
        return epoch == null || sent.epoch() > epoch.number();
    }

    /** Whether this member has all that the others had when it came in. */
    boolean isSynced() {
        return synced;
    }

    /** Completed when nothing is doubtful any more that is so now. */
    CompletableFuture<Void> noDoubts() {
        return doubtful;
    }

    void onEpoch(Epoch next, boolean anew) {
        epoch = next;
        round = new Round(next.number(), 0);
        if (anew) {
            fence = round;
            synced = next.full().contains(self);
        }
        outbox.begin(round);
        tombstones.beginEpoch();
        told = true;
        missing.clear();
        quiet = 0;
    }

    void onCollect(MemberId from, Collect message) {
        Round asked = message.round();
        if (epoch == null || asked.epoch() != epoch.number() || !from.equals(first())) {
            return;
        }
        if (asked.number() == round.number() + 1) {
            enter(asked);
        } else if (asked.equals(round) && told) {
            transport.send(from, new Held(round));
        }
    }

    void onHeld(MemberId from, Held message) {
        if (message.round().equals(round)) {
            missing.remove(from);
        }
    }

    void onTick(long now) {
        copies.dropReplacedRemovals();
        tellHeld();
        if (epoch == null || !self.equals(first())) {
            return;
        }
        if (!missing.isEmpty()) {
            if (now - asked >= pace) {
                ask();
            }
        } else if (isTime(now) && outbox.isComplete() && (quiet < QUIET || !tombstones.isEmpty())) {
            begin(now);
        }
    }

    /** Who came back waits for the first two. */
    private boolean isTime(long now) {
        return round.number() < 2 || now - begun >= pace;
    }

    private void begin(long now) {
        begun = now;
        quiet = tombstones.isEmpty() ? quiet + 1 : 0;
        missing.addAll(epoch.members());
        enter(new Round(epoch.number(), round.number() + 1));
        ask();
    }

    private void ask() {
        asked = clock.nanos();
        Set<MemberId> others = new TreeSet<>(missing);
        others.remove(self);
        if (!others.isEmpty()) {
            transport.multicast(others, new Collect(round));
        }
    }

    private void enter(Round next) {
        round = next;
        if (round.number() > 1) {
            fence = new Round(round.epoch(), round.number() - 1);
            copies.forgetDoubtful().forEach(lost);
        }
        outbox.begin(round);
        tombstones.beginRound();
        entered.run();
        mark = outbox.mark();
        told = false;
        tellHeld();
        if (round.number() > 1) {
            synced = true;
            CompletableFuture<Void> over = doubtful;
            doubtful = new CompletableFuture<>();
            over.complete(null);
        }
    }

    /** Tells, once it is so, that all that was to be sent at the round's beginning is everywhere. */
    void tellHeld() {
        if (told || !outbox.isHeld(mark)) {
            return;
        }
        told = true;
        if (self.equals(first())) {
            missing.remove(self);
        } else {
            transport.send(first(), new Held(round));
        }
    }

    private MemberId first() {
        return epoch.members().iterator().next();
    }
}

package org.goaway.protocol.spine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * A client's commands that are not answered yet. Numbers them, bounds how many are under way, and knows which are due to
 * be sent, again or for the first time. One writer: the event loop.
 */
final class Outbox {

    /** How far sequences under way may lie apart: bounds what the log remembers for a client. */
    private static final long WINDOW = 1_024;

    private static final long MAX_BYTES_UNDER_WAY = 64L << 20;
    private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** So few under way are no crowd: what comes leaves at once. */
    private static final int FEW = 8;

    private final MemberId self;
    private final long timeoutNanos;
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final ArrayDeque<Pending> unsent = new ArrayDeque<>();
    private long bytesUnderWay;
    private long last;

    Outbox(MemberId self, long timeoutNanos) {
        this.self = self;
        this.timeoutNanos = timeoutNanos;
    }

    CompletableFuture<Message> add(Message body, long now) {
        last++;
        Pending added = new Pending(last, body, now + timeoutNanos);
        pending.put(last, added);
        unsent.add(added);
        return added.future;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /**
     * Whether it is worth a message to send what is not sent yet: it costs about the same whatever is in it, so where many
     * commands are under way one more goes out only when as many wait. The answers to those under way bring the next ones on.
     */
    boolean isDue() {
        int underWay = pending.size() - unsent.size();
        return underWay < FEW || unsent.size() >= underWay;
    }

    /** The commands to be sent for the first time that fit under the bounds, from now on under way to {@code leader}. */
    List<Command> takeUnsent(MemberId leader, long now) {
        List<Command> commands = new ArrayList<>();
        while (!unsent.isEmpty() && fits(unsent.peek())) {
            Pending next = unsent.remove();
            bytesUnderWay += next.bytes;
            commands.add(command(next, leader, now));
        }
        return commands;
    }

    private boolean fits(Pending next) {
        return next.sequence < pending.firstKey() + WINDOW
                && (bytesUnderWay == 0 || bytesUnderWay + next.bytes <= MAX_BYTES_UNDER_WAY);
    }

    /**
     * {@code member} does not take these of what it was sent. It may be the leader all the same, and only not know it yet, as
     * right after an election; so they are sent again soon. Others may still be on their way there.
     */
    void onRefused(MemberId member, List<Long> sequences) {
        for (Long sequence : sequences) {
            Pending one = pending.get(sequence);
            if (one != null && member.equals(one.sentTo)) {
                one.refused = true;
            }
        }
    }

    /** The commands to be sent again: those sent to another member, refused, or sent too long ago. */
    List<Command> takeDue(MemberId leader, long now) {
        List<Command> commands = new ArrayList<>();
        for (Pending one : pending.values()) {
            long after = one.refused ? REFUSED_NANOS : patience();
            if (one.sentTo != null && (!one.sentTo.equals(leader) || now - one.sentAt >= after)) {
                commands.add(command(one, leader, now));
            }
        }
        return commands;
    }

    private Command command(Pending one, MemberId leader, long now) {
        one.sentTo = leader;
        one.sentAt = now;
        one.refused = false;
        return new Command(self, one.sequence, pending.firstKey(), one.body);
    }

    /** Whether something was sent to {@code leader} after {@code since}, but so long ago that it should have answered. */
    boolean unanswered(MemberId leader, long since, long now) {
        return pending.values().stream()
                .anyMatch(
                        one -> leader.equals(one.sentTo) && one.sentAt - since >= 0 && now - one.sentAt >= patience());
    }

    /**
     * How long an answer may take: longer the more is under way, else copies of large values queue up behind the first; yet
     * what got lost has to be sent again within its bound.
     */
    private long patience() {
        return Math.min(REPEAT_NANOS + Weight.nanos(bytesUnderWay), timeoutNanos / 2);
    }

    /** Ends the command's wait; null: it has ended before. */
    Pending remove(long sequence) {
        Pending removed = pending.remove(sequence);
        if (removed != null) {
            if (removed.sentTo == null) {
                unsent.remove(removed);
            } else {
                bytesUnderWay -= removed.bytes;
            }
        }
        return removed;
    }

    /** Takes out what has reached its bound. */
    List<Pending> takeExpired(long now) {
        List<Long> expired = new ArrayList<>();
        // Deadlines rise with sequences.
        for (Pending one : pending.values()) {
            if (now - one.deadline < 0) {
                break;
            }
            expired.add(one.sequence);
        }
        return expired.stream().map(this::remove).toList();
    }

    /** One command and how far it has come. */
    static final class Pending {
        final long sequence;
        final Message body;
        final CompletableFuture<Message> future = new CompletableFuture<>();
        private final long bytes;
        private final long deadline;
        private MemberId sentTo;
        private long sentAt;
        private boolean refused;

        private Pending(long sequence, Message body, long deadline) {
            this.sequence = sequence;
            this.body = body;
            this.bytes = Weight.of(body);
            this.deadline = deadline;
        }

        /** Whether some log may have got it. */
        boolean wasSent() {
            return sentTo != null;
        }
    }
}

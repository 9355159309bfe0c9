package org.goaway.protocol.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * What becomes of the messages of a {@link LocalCluster}: each is lost, or delivered once or twice, each time after a
 * delay of its own, so that messages overtake each other. At first nothing is lost or repeated. What a member sends to
 * itself is never lost, delayed or repeated.
 */
public final class Firewall {

    /** Decides the fate of single messages before the general probabilities do. */
    @FunctionalInterface
    public interface Rule {

        /** The fate of this message; null if the rule has no opinion. */
        Fate of(MemberId from, MemberId to, Message message);
    }

    /**
     * The fate of one message.
     *
     * @param delays how long each of its deliveries takes, in nanoseconds; none: it is lost
     */
    public record Fate(List<Long> delays) {

        public static final Fate LOST = new Fate(List.of());

        public static Fate after(Duration delay) {
            return new Fate(List.of(delay.toNanos()));
        }
    }

    private record Link(MemberId from, MemberId to) {}

    private final Random random;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<Link> cut = new HashSet<>();
    private double loss;
    private double repetition;
    private long fastest = Duration.ofMillis(1).toNanos();
    private long slowest = Duration.ofMillis(3).toNanos();

    Firewall(Random random) {
        this.random = random;
    }

    /** Loses this share (0 to 1) of all messages. */
    public Firewall loss(double share) {
        loss = share;
        return this;
    }

    /** Delivers this share (0 to 1) of all messages twice. */
    public Firewall repetition(double share) {
        repetition = share;
        return this;
    }

    /** Delivers each message after a time between these two; a wide range reorders much. */
    public Firewall delay(Duration least, Duration most) {
        fastest = least.toNanos();
        slowest = most.toNanos();
        return this;
    }

    /** Asks {@code rule} first from now on; of several rules the first with an opinion decides. */
    public Firewall rule(Rule rule) {
        rules.add(rule);
        return this;
    }

    /** Loses this share of the messages of one type. */
    public Firewall drop(Class<? extends Message> type, double share) {
        return rule((from, to, message) -> type.isInstance(message) && random.nextDouble() < share ? Fate.LOST : null);
    }

    /** Delivers the messages of one type after a time between these two. */
    public Firewall delay(Class<? extends Message> type, Duration least, Duration most) {
        return rule((from, to, message) ->
                type.isInstance(message) ? new Fate(List.of(between(least.toNanos(), most.toNanos()))) : null);
    }

    /** Loses what {@code from} sends to {@code to}; the other direction goes on. */
    public Firewall cut(MemberId from, MemberId to) {
        cut.add(new Link(from, to));
        return this;
    }

    /** Whether nothing that {@code from} sends reaches {@code to}. */
    public boolean isCut(MemberId from, MemberId to) {
        return cut.contains(new Link(from, to));
    }

    /** Cuts all links, in both directions, between {@code some} and the {@code others}. */
    public Firewall part(Iterable<MemberId> some, Iterable<MemberId> others) {
        for (MemberId one : some) {
            for (MemberId other : others) {
                cut(one, other);
                cut(other, one);
            }
        }
        return this;
    }

    /** Takes back all cuts; what was under way stays lost. */
    public void mend() {
        cut.clear();
    }

    /** Ends all cuts of this member's links. */
    public void mend(MemberId member) {
        cut.removeIf(link -> link.from().equals(member) || link.to().equals(member));
    }

    /** From now on nothing is lost or repeated and delays are short; what is under way keeps its fate. */
    public void heal() {
        rules.clear();
        cut.clear();
        loss = 0;
        repetition = 0;
        delay(Duration.ofMillis(1), Duration.ofMillis(3));
    }

    Fate fate(MemberId from, MemberId to, Message message) {
        if (from.equals(to)) {
            return new Fate(List.of(0L));
        }
        if (cut.contains(new Link(from, to))) {
            return Fate.LOST;
        }
        for (Rule rule : rules) {
            Fate fate = rule.of(from, to, message);
            if (fate != null) {
                return fate;
            }
        }
        if (random.nextDouble() < loss) {
            return Fate.LOST;
        }
        return random.nextDouble() < repetition
                ? new Fate(List.of(between(fastest, slowest), between(fastest, slowest)))
                : new Fate(List.of(between(fastest, slowest)));
    }

    private long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }
}

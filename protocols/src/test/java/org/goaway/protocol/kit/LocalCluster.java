package org.goaway.protocol.kit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;

/**
 * Members in one JVM, run by the test's thread in simulated time. The same seed and the same calls give the same run.
 *
 * <p>Each member has an event loop: messages, ticks and what {@link #onLoop} brings run there one at a time; a paused
 * member holds them and runs them in order when it goes on, a crashed one never runs them.
 */
public final class LocalCluster {

    /** Makes one member's protocol. */
    @FunctionalInterface
    public interface Factory<P extends Protocol> {
        P create(MemberId self, Transport transport, Clock clock);
    }

    private static final long TICK = Duration.ofMillis(10).toNanos();
    private static final int REMEMBERED = 400;

    private final Random random;
    private final Schedule schedule;
    private final Firewall firewall;
    private final Map<MemberId, SimulatedMember> members = new LinkedHashMap<>();
    private final SimulatedRegister register;
    private final List<Installed<?>> installed = new ArrayList<>();
    private final Map<Class<?>, Integer> sent = new HashMap<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private Runnable afterEach = () -> {};

    /** A cluster of members m1, m2, … that founded it together. */
    public LocalCluster(int size, long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + size);
        schedule = new Schedule(random);
        firewall = new Firewall(random);
        Epoch founding = Epoch.founding(new TreeSet<>(LongStream.rangeClosed(1, size)
                .mapToObj(number -> new MemberId(0, number))
                .toList()));
        register = new SimulatedRegister(this, founding);
        founding.members().forEach(this::create);
    }

    private void create(MemberId id) {
        long origin = random.nextLong() >> 16;
        SimulatedMember member = new SimulatedMember(id, new SimulatedClock(schedule, origin));
        members.put(id, member);
        schedule.after(random.nextInt((int) TICK), () -> tick(member));
    }

    private record Installed<P extends Protocol>(Factory<P> factory, Map<MemberId, P> protocols) {}

    /**
     * Gives every member such a protocol, which learns the founding epoch at once; members that enter later get one, too.
     * Returns each member's.
     */
    public <P extends Protocol> Map<MemberId, P> install(Factory<P> factory) {
        Installed<P> made = new Installed<>(factory, new LinkedHashMap<>());
        installed.add(made);
        members.values().forEach(member -> equip(member, made));
        members.values().forEach(member -> member.known = 1);
        made.protocols.values().forEach(protocol -> protocol.onEpoch(register.epoch(1)));
        return made.protocols;
    }

    private <P extends Protocol> void equip(SimulatedMember member, Installed<P> made) {
        P protocol = made.factory.create(member.id, new Link(member, member.protocols.size()), member.clock);
        member.protocols.add(protocol);
        made.protocols.put(member.id, protocol);
    }

    /** A new process: it has what was installed, and is no member before the register has taken it in. */
    public MemberId enter() {
        MemberId id = new MemberId(0, members.size() + 1);
        create(id);
        installed.forEach(made -> equip(members.get(id), made));
        return id;
    }

    public List<MemberId> members() {
        return List.copyOf(members.keySet());
    }

    /** The founding epoch. */
    public Epoch epoch() {
        return register.epoch(1);
    }

    /** What is agreed on about the members. */
    public SimulatedRegister register() {
        return register;
    }

    /** The number of the epoch that this member has learned; 0: none yet. */
    public long known(MemberId member) {
        return members.get(member).known;
    }

    /** On the member's loop: it learns this epoch unless it knows a later one. */
    void learn(MemberId member, Epoch epoch) {
        SimulatedMember learner = members.get(member);
        if (epoch.number() > Math.max(learner.known, learner.outOf)) {
            learner.known = epoch.number();
            learner.protocols.forEach(protocol -> protocol.onEpoch(epoch));
        }
    }

    /** Whether any of the member's protocols wants to know when it is out. */
    boolean listensToDrops(MemberId member) {
        return members.get(member).protocols.stream().anyMatch(DropListener.class::isInstance);
    }

    /** On the member's loop: it is told of this epoch without it, unless it knows a later one. */
    void drop(MemberId member, Epoch epoch) {
        SimulatedMember dropped = members.get(member);
        if (epoch.number() > Math.max(dropped.known, dropped.outOf)) {
            dropped.outOf = epoch.number();
            dropped.protocols.stream()
                    .filter(DropListener.class::isInstance)
                    .forEach(protocol -> ((DropListener) protocol).onDropped());
        }
    }

    /** The run's only source of chance. */
    public Random random() {
        return random;
    }

    public Firewall firewall() {
        return firewall;
    }

    public Clock clock(MemberId member) {
        return members.get(member).clock;
    }

    /** The member's wall clock, in milliseconds. */
    public long wallMillis(MemberId member) {
        return members.get(member).clock.wallMillis();
    }

    /** Lets the member's monotonic clock run wrong by this share from now on. */
    public void drift(MemberId member, double share) {
        members.get(member).clock.runWrong(share);
    }

    /** Sets the member's wall clock, as its administrator does. */
    public void jumpWall(MemberId member, Duration by) {
        members.get(member).clock.jumpWall(by);
    }

    /** Simulated nanoseconds since the beginning, for histories. */
    public long now() {
        return schedule.now();
    }

    /** Runs {@code action} later, on no member's loop: as an application's thread does, even while its member is paused. */
    public void after(Duration delay, Runnable action) {
        schedule.after(delay, action);
    }

    /** Runs {@code action} on the member's loop, now or when its pause is over. */
    public void onLoop(MemberId member, Runnable action) {
        schedule.after(0, () -> members.get(member).execute(action));
    }

    /** Stops the member's loop for this time, from now. */
    public void pause(MemberId member, Duration time) {
        SimulatedMember paused = members.get(member);
        paused.pause();
        schedule.after(time, paused::resume);
    }

    /** Lets the member's host sleep: all of it stops, and so does its monotonic clock. It ticks first when it wakes. */
    public void sleep(MemberId member, Duration time) {
        SimulatedMember asleep = members.get(member);
        if (asleep.runs()) {
            asleep.pause();
            asleep.clock.sleep();
            schedule.after(time, () -> {
                asleep.clock.wake();
                if (!asleep.crashed()) {
                    asleep.protocols.forEach(protocol -> protocol.onTick(asleep.clock.nanos()));
                }
                asleep.resume();
            });
        }
    }

    /** Whether the member's loop goes on: it has not crashed, is not paused and does not sleep. */
    public boolean runs(MemberId member) {
        return members.get(member).runs();
    }

    /** Ends the member for good; the others' protocols learn it by {@code onGone} within 50 milliseconds, each by itself. */
    public void crash(MemberId member) {
        members.get(member).crash();
        members.keySet().stream().filter(other -> !other.equals(member)).forEach(other -> lose(other, member));
    }

    /** Lets {@code at} believe within 50 milliseconds that {@code member} is gone, whether it is or not. */
    public void lose(MemberId at, MemberId member) {
        SimulatedMember observer = members.get(at);
        schedule.after(
                random.nextInt(50_000_000),
                () -> observer.execute(() -> observer.protocols.forEach(protocol -> protocol.onGone(member))));
    }

    public boolean crashed(MemberId member) {
        return members.get(member).crashed();
    }

    /**
     * Starts a client at a member: it begins {@code operations} operations one after another on the member's loop, the
     * next some time (up to {@code think}) after the former ended in whatever way.
     *
     * @param operation begins the operation of this number, counted from 0; called on the member's loop
     * @return completed when the last has ended
     */
    public CompletableFuture<Void> client(
            MemberId member, int operations, Duration think, IntFunction<? extends CompletionStage<?>> operation) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        next(member, 0, operations, think, operation, done);
        return done;
    }

    private void next(
            MemberId member,
            int number,
            int operations,
            Duration think,
            IntFunction<? extends CompletionStage<?>> operation,
            CompletableFuture<Void> done) {
        if (number == operations) {
            done.complete(null);
            return;
        }
        long pause = (long) (random.nextDouble() * think.toNanos());
        schedule.after(
                pause,
                () -> members.get(member)
                        .execute(() -> operation
                                .apply(number)
                                .whenComplete((result, failure) ->
                                        next(member, number + 1, operations, think, operation, done))));
    }

    /** Runs {@code check} after each event. */
    public void afterEach(Runnable check) {
        afterEach = check;
    }

    /** Lets this much time pass. */
    public void run(Duration time) {
        runUntil(() -> false, time);
    }

    /** Lets time pass until the condition holds, but no longer than this. Returns whether it holds. */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        long end = schedule.now() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (schedule.next() > end) {
                schedule.skipTo(end);
                return condition.getAsBoolean();
            }
            schedule.runNext();
            afterEach.run();
        }
        return true;
    }

    /** How many messages of this type were sent since {@link #forgetSent}, one for each receiver other than the sender. */
    public int sent(Class<? extends Message> type) {
        return sent.getOrDefault(type, 0);
    }

    /** How many messages were sent since {@link #forgetSent}. */
    public int sent() {
        return sent.values().stream().mapToInt(Integer::intValue).sum();
    }

    public void forgetSent() {
        sent.clear();
    }

    /** The last few hundred deliveries, one a line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("last deliveries:\n");
        deliveries.forEach(delivery -> text.append(delivery).append('\n'));
        return text.toString();
    }

    private void tick(SimulatedMember member) {
        if (member.runs()) {
            member.protocols.forEach(protocol -> protocol.onTick(member.clock.nanos()));
            promote(member);
        }
        schedule.after(TICK, () -> tick(member));
    }

    /** J6: a member whose copies are complete says so, sooner or later. */
    private void promote(SimulatedMember member) {
        if (member.known > member.promotedIn && member.protocols.stream().allMatch(Protocol::isSynced)) {
            long joined = register.epoch(member.known).joined().get(member.id);
            member.promotedIn = member.known;
            schedule.after(random.nextInt(100_000_000), () -> register.promote(member.id, joined));
        }
    }

    private record Delivery(long time, MemberId from, MemberId to, Message message) {
        @Override
        public String toString() {
            return String.format("%10.3f ms  %s -> %s  %s", time / 1e6, from, to, message);
        }
    }

    /** One protocol's transport at one member: what it sends reaches the same protocol of the others. */
    private final class Link implements Transport {

        private final SimulatedMember self;
        private final int channel;

        Link(SimulatedMember self, int channel) {
            this.self = self;
            this.channel = channel;
        }

        @Override
        public void send(MemberId to, Message message) {
            if (self.crashed()) {
                return;
            }
            if (!to.equals(self.id)) {
                sent.merge(message.getClass(), 1, Integer::sum);
            }
            SimulatedMember receiver = members.get(to);
            for (long delay : firewall.fate(self.id, to, message).delays()) {
                schedule.after(delay, () -> receiver.execute(() -> deliver(receiver, message)));
            }
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.stream().filter(member -> !member.equals(self.id)).forEach(member -> send(member, message));
        }

        private void deliver(SimulatedMember receiver, Message message) {
            deliveries.add(new Delivery(schedule.now(), self.id, receiver.id, message));
            if (deliveries.size() > REMEMBERED) {
                deliveries.remove();
            }
            if (message instanceof Fenced fenced && fenced.epoch() > receiver.known) {
                // C7: a later epoch is learned first. Whoever is not in it cannot, and has no part in it.
                Epoch later = register.epoch(fenced.epoch());
                if (!later.members().contains(receiver.id)) {
                    return;
                }
                learn(receiver.id, later);
            }
            receiver.protocols.get(channel).onMessage(self.id, message);
        }
    }
}

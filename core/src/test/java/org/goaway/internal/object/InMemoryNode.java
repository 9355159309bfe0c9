package org.goaway.internal.object;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.goaway.ClusterLock;
import org.goaway.LinFastRead;
import org.goaway.StrictCentralized;
import org.goaway.UpdateOnRelease;
import org.goaway.internal.object.coordination.CoordinationObjects;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ObjectId.Kind;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Waiting;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.Woken;
import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.fastread.Limits;
import org.goaway.protocol.lock.LockMessage;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.release.Release;
import org.goaway.protocol.release.ReleaseMessage;
import org.goaway.protocol.spine.Spine;
import org.goaway.protocol.spine.SpineMessage;
import org.goaway.protocol.strict.Changed;
import org.goaway.protocol.strict.Strict;
import org.goaway.protocol.weak.Weak;

/** One of the {@link InMemoryNodes}. Its handles belong to one application. */
final class InMemoryNode implements Transport, Waiting, AutoCloseable {

    final MemberId id;
    final Holds holds;
    final Calls calls;
    final Listeners listeners;
    final Protocols protocols;

    /** Whether sections and holds may go on here. */
    volatile boolean leased = true;

    /** Runs in the asking thread after each look at the lease. */
    volatile Runnable afterLease = () -> {};

    /** What was waited for last, as a log or an explanation would tell it. */
    volatile Supplier<String> lastWait = () -> "";

    /** Runs in the waiting thread before each wait. */
    volatile Runnable beforeWait = () -> {};

    /** Runs in the calling thread before it gives the loop something to do. */
    volatile Runnable beforeStep = () -> {};

    private final InMemoryNodes nodes;
    private final ScheduledExecutorService loop = daemon("goaway-test-loop");
    private final ScheduledExecutorService callbacks = daemon("goaway-test-callbacks");
    private final Values values;
    private final Spine spine;
    private final Coordination coordination;

    InMemoryNode(MemberId id, InMemoryNodes nodes, Duration timeout) {
        this.id = id;
        this.nodes = nodes;
        this.values = nodes.text.application();
        listeners = new Listeners(callbacks);
        spine = new Spine(id, this, System::nanoTime, nodes.log(id), loop, timeout);
        Strict strict = new Strict(System::nanoTime, spine::submit, listeners);
        coordination = new Coordination(System::nanoTime, spine::submit, spine::answeredAt, timeout);
        Limits limits = new Limits(Duration.ofSeconds(2), timeout, 1 << 20);
        FastRead fastRead = new FastRead(id, this, System::nanoTime, nodes.text, listeners, () -> true, limits);
        Weak weak = new Weak(id, this, System::nanoTime, listeners, loop, timeout);
        Locks locks = new Locks(id, this, System::nanoTime, () -> true, timeout);
        Release release = new Release(id, this, System::nanoTime, this::isLeased, listeners, locks);
        protocols = new Protocols(strict, fastRead, weak, release, locks);
        calls = new Calls(
                step -> {
                    beforeStep.run();
                    loop.execute(step);
                },
                this,
                timeout,
                UnaryOperator.identity());
        holds = new Holds(() -> Thread.currentThread().getName() + " on " + id, listeners.losses());
        locks.onLost(holds::lost);
    }

    private boolean isLeased() {
        boolean found = leased;
        afterLease.run();
        return found;
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void found(Epoch epoch) {
        loop.execute(() -> {
            all().forEach(protocol -> protocol.onEpoch(epoch));
            spine.onFounded(List.of(epoch.members().iterator().next()));
        });
        var unused = loop.scheduleAtFixedRate(
                () -> all().forEach(protocol -> protocol.onTick(System.nanoTime())), 10, 10, TimeUnit.MILLISECONDS);
    }

    /** The lease comes as it comes to a node: on the loop, where all is known that was learned before. */
    void renewLease() {
        loop.execute(() -> leased = true);
    }

    void learn(Epoch epoch) {
        loop.execute(() -> all().forEach(protocol -> {
            try {
                protocol.onEpoch(epoch);
            } catch (RuntimeException failure) {
                LogManager.getLogger(InMemoryNode.class).error("cannot learn {}", epoch, failure);
            }
        }));
    }

    void gone(MemberId member) {
        loop.execute(() -> all().forEach(protocol -> protocol.onGone(member)));
    }

    private List<Protocol> all() {
        return List.of(
                spine,
                coordination,
                protocols.strict(),
                protocols.fastRead(),
                protocols.weak(),
                protocols.locks(),
                protocols.release());
    }

    StrictCentralized strict(String name) {
        return new StrictHandle(
                new ObjectId(Kind.STRICT, name),
                protocols.strict(),
                values,
                calls,
                listeners,
                StoreCounts.ofLocalReads());
    }

    LinFastRead fastRead(String name) {
        return new FastReadHandle(
                new ObjectId(Kind.FAST_READ, name),
                protocols.fastRead(),
                values,
                calls,
                listeners,
                StoreCounts.ofLocalReads());
    }

    org.goaway.Weak weak(String name) {
        return new WeakHandle(
                new ObjectId(Kind.WEAK, name), protocols.weak(), values, calls, listeners, StoreCounts.ofLocalReads());
    }

    UpdateOnRelease release(String name) {
        return new ReleaseHandle(
                new ObjectId(Kind.RELEASE, name),
                protocols.release(),
                values,
                calls,
                listeners,
                holds,
                StoreCounts.ofLocalReads());
    }

    /** An object whose values are encoded as a node's are. */
    UpdateOnRelease live(String name) {
        return live(name, encoded(name));
    }

    private static Values encoded(String name) {
        return new Values(new Codec(InMemoryNode.class.getClassLoader(), handle -> name));
    }

    /** The same for a given application. */
    UpdateOnRelease live(String name, Values application) {
        return live(name, application, calls);
    }

    /** One whose operations take so long at most. */
    UpdateOnRelease live(String name, Duration timeout) {
        return live(name, encoded(name), new Calls(loop, this, timeout, UnaryOperator.identity()));
    }

    private UpdateOnRelease live(String name, Values application, Calls calls) {
        return new ReleaseHandle(
                new ObjectId(Kind.RELEASE, name),
                protocols.release(),
                application,
                calls,
                listeners,
                holds,
                StoreCounts.ofLocalReads());
    }

    ClusterLock lock(String name) {
        return lock(name, calls);
    }

    /** One whose operations take so long at most. */
    ClusterLock lock(String name, Duration timeout) {
        return lock(name, new Calls(loop, this, timeout, UnaryOperator.identity()));
    }

    private ClusterLock lock(String name, Calls calls) {
        return new LockHandle(
                new ObjectId(Kind.LOCK, name),
                protocols.locks(),
                protocols.release(),
                calls,
                holds,
                values,
                listeners.losses());
    }

    CoordinationObjects coordination() {
        return new CoordinationObjects(coordination, calls);
    }

    /** Brings a command into the log, as another part of the node would. */
    CompletableFuture<Message> submit(Message command) {
        return calls.start(() -> spine.submit(command));
    }

    SharedObjects sharedObjects(Duration timeout) {
        return new SharedObjects(
                protocols,
                listeners,
                new Loop(loop, loop),
                this,
                timeout,
                UnaryOperator.identity(),
                () -> "test on " + id);
    }

    @Override
    public void send(MemberId to, Message message) {
        nodes.node(to).ifPresent(node -> node.receive(id, message));
    }

    @Override
    public void multicast(Collection<MemberId> to, Message message) {
        to.stream().filter(member -> !member.equals(id)).forEach(member -> send(member, message));
    }

    private void receive(MemberId from, Message message) {
        try {
            loop.execute(() -> deliver(from, message));
        } catch (RejectedExecutionException closed) {
            // a message to a node that is gone
        }
    }

    private void deliver(MemberId from, Message message) {
        try {
            protocolOf(message).onMessage(from, message);
        } catch (RuntimeException failure) {
            LogManager.getLogger(InMemoryNode.class).error("cannot handle {}", message, failure);
        }
    }

    private Protocol protocolOf(Message message) {
        if (message instanceof SpineMessage) {
            return spine;
        } else if (message instanceof Changed) {
            return protocols.strict();
        } else if (message instanceof Woken) {
            return coordination;
        } else if (message instanceof LockMessage) {
            return protocols.locks();
        } else if (message instanceof ReleaseMessage) {
            return protocols.release();
        }
        return message.getClass().getPackage().equals(FastRead.class.getPackage())
                ? protocols.fastRead()
                : protocols.weak();
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration atMost, Supplier<String> reason)
            throws InterruptedException, TimeoutException {
        lastWait = reason;
        beforeWait.run();
        try {
            return atMost == null ? future.get() : future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw (RuntimeException) failure.getCause();
        }
    }

    /** Returns once a thread of this node waits for what {@code part} names. */
    void awaitWait(String part) {
        while (!lastWait.get().contains(part)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        calls.close();
        loop.shutdownNow();
        callbacks.shutdownNow();
    }
}

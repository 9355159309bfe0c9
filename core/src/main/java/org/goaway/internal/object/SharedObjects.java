package org.goaway.internal.object;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterLock;
import org.goaway.LinFastRead;
import org.goaway.StrictCentralized;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import org.goaway.internal.wire.Codec;
import org.goaway.metrics.StoreMXBean;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ObjectId.Kind;
import org.goaway.protocol.Waiting;

/**
 * The directory of a node's shared objects. Handles are cached: the same codec, kind and name give the same handle. Safe
 * for any thread.
 */
public final class SharedObjects implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(SharedObjects.class);

    private final Protocols protocols;
    private final Listeners listeners;
    private final Calls calls;

    /** A strict operation only fills a message: no thread begins in it, so it need not wait for the loop's thread. */
    private final Calls direct;

    private final Holds holds;
    private final StoreCounts strictCounts = StoreCounts.ofRemoteReads();
    private final StoreCounts fastReadCounts = StoreCounts.ofLocalReads();
    private final StoreCounts weakCounts = StoreCounts.ofLocalReads();
    private final StoreCounts releaseCounts = StoreCounts.ofLocalReads();
    private final Map<Codec, Family> families = new ConcurrentHashMap<>();
    /** Of programs that have ended, as long as threads of theirs keep them. */
    private final Set<Codec> ended = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private volatile boolean closed;

    /**
     * @param listeners the same that the protocols tell of changes
     * @param loop the ways to the event loop
     * @param waiting how the program's threads wait
     * @param timeout an operation's bound
     * @param names puts members' names for their ids in a message
     * @param holder who the current thread is, in words, for example "task 7 on server-1"
     */
    public SharedObjects(
            Protocols protocols,
            Listeners listeners,
            Loop loop,
            Waiting waiting,
            Duration timeout,
            UnaryOperator<String> names,
            Supplier<String> holder) {
        this.protocols = protocols;
        this.listeners = listeners;
        this.calls = new Calls(loop.tasks(), waiting, timeout, names);
        this.direct = new Calls(loop.here(), waiting, timeout, names);
        this.holds = new Holds(holder, listeners.losses());
        protocols.locks().onLost(holds::lost);
    }

    /** The handle of the application whose codec this is. */
    public StrictCentralized strictCentralized(String name, Codec codec) {
        Family family = family(codec);
        return family.handle(
                new ObjectId(Kind.STRICT, name),
                StrictHandle.class,
                id -> new StrictHandle(id, protocols.strict(), family.values, direct, listeners, strictCounts));
    }

    /** The handle of the application whose codec this is. */
    public LinFastRead linFastRead(String name, Codec codec) {
        Family family = family(codec);
        return family.handle(
                new ObjectId(Kind.FAST_READ, name),
                FastReadHandle.class,
                id -> new FastReadHandle(id, protocols.fastRead(), family.values, calls, listeners, fastReadCounts));
    }

    /** The handle of the application whose codec this is. */
    public Weak weak(String name, Codec codec) {
        Family family = family(codec);
        return family.handle(
                new ObjectId(Kind.WEAK, name),
                WeakHandle.class,
                id -> new WeakHandle(id, protocols.weak(), family.values, calls, listeners, weakCounts));
    }

    /** The handle of the application whose codec this is. */
    public UpdateOnRelease updateOnRelease(String name, Codec codec) {
        Family family = family(codec);
        return family.handle(
                new ObjectId(Kind.RELEASE, name),
                ReleaseHandle.class,
                id -> new ReleaseHandle(
                        id, protocols.release(), family.values, calls, listeners, holds, releaseCounts));
    }

    /** The handle of the application whose codec this is. */
    public ClusterLock lock(String name, Codec codec) {
        Family family = family(codec);
        return family.lock(
                new ObjectId(Kind.LOCK, name),
                id -> new LockHandle(
                        id, protocols.locks(), protocols.release(), calls, holds, family.values, listeners.losses()));
    }

    /**
     * What can be told of the objects of each kind in numbers.
     *
     * @param logged how many StrictCentralized objects this member has copies of
     * @param entries how many entries it has brought into the log
     */
    public List<StoreMXBean> figures(IntSupplier logged, LongSupplier entries) {
        return List.of(
                new StoreFigures("StrictCentralized", strictCounts, logged, entries),
                new StoreFigures(
                        "LinFastRead", fastReadCounts, protocols.fastRead()::size, protocols.fastRead()::rounds),
                new StoreFigures("Weak", weakCounts, protocols.weak()::size, protocols.weak()::rounds),
                new StoreFigures(
                        "UpdateOnRelease",
                        releaseCounts,
                        protocols.release().replica()::size,
                        protocols.release()::rounds));
    }

    /** How this node's threads call its protocols; closed with the shared objects. */
    public Calls calls() {
        return calls;
    }

    private Family family(Codec codec) {
        Family known = families.get(codec);
        return known != null ? known : families.computeIfAbsent(codec, this::newFamily);
    }

    private Family newFamily(Codec codec) {
        if (ended.contains(codec)) {
            throw programEnded();
        }
        return new Family(new Values(codec));
    }

    static ClusterClosedException programEnded() {
        return new ClusterClosedException("the program of this handle has ended here: its member left the cluster");
    }

    /**
     * Gives back the locks and sections that {@code thread} left behind when its task ended; what its sections wrote is
     * dropped whole. Returns what they were, for a warning: none once this is closed, since nothing can be given back then.
     */
    public List<String> releaseAllOf(Thread thread) {
        List<Hold> left = holds.of(thread);
        for (Hold hold : left) {
            holds.left(hold);
            calls.tell(() -> {
                if (hold.id.kind() == Kind.RELEASE) {
                    hold.undo.run();
                    protocols.release().release(hold.id, hold.token, Map.of());
                } else {
                    protocols.locks().release(hold.id, hold.token);
                }
            });
        }
        // After that: one that is lost meanwhile is among the one or the other, and no later task of the thread meets
        // it.
        List<Hold> lost = holds.lostBy(thread);
        lost.removeAll(left);
        forgetLost(lost);
        return closed || left.isEmpty()
                ? List.of()
                : left.stream().map(hold -> Names.of(hold.id)).sorted().toList();
    }

    /** What they changed is taken back first: whoever comes in looks among the lost ones whether something is. */
    private void forgetLost(List<Hold> lost) {
        if (lost.isEmpty()) {
            return;
        }
        try {
            calls.awaitUninterruptibly(
                    calls.start(() -> {
                        lost.forEach(hold -> hold.undo.run());
                        return CompletableFuture.completedFuture(null);
                    }),
                    () -> "taking back what lost sections changed");
        } catch (ClusterClosedException closed) {
            LOG.debug("not taken back, since the cluster is closed", closed);
        } catch (RuntimeException failed) {
            LOG.warn("what lost sections changed may not have been taken back", failed);
        }
        lost.forEach(holds::forgetLost);
    }

    /**
     * Drops handles, listeners and decoded copies of an application that has ended, so that its loader can be collected. From
     * now on it gets no handles here, and those that threads of it have left keep nothing of it.
     */
    public void forget(Codec codec) {
        ended.add(codec); // first: a thread that outlives its program may ask for a handle meanwhile
        Family family = families.remove(codec);
        if (family != null) {
            family.forget();
            listeners.forget(family.values, family::unwatch);
        }
    }

    /**
     * Ends all waits; from now on every call throws {@link org.goaway.ClusterClosedException}, and no listener is told of
     * anything. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        listeners.close();
        calls.close();
        direct.close();
    }
}

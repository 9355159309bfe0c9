package org.goaway.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.object.Listeners;
import org.goaway.internal.object.Loop;
import org.goaway.internal.object.Protocols;
import org.goaway.internal.object.SharedObjects;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Waiting;
import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.release.Release;
import org.goaway.protocol.spine.Spine;
import org.goaway.protocol.spine.SpineState;
import org.goaway.protocol.strict.Strict;
import org.goaway.protocol.weak.Weak;

/** A node's protocols; used on its event loop only, but for what their types allow any thread. */
final class NodeProtocols {

    /** How long a reader waits for a lease that is over. */
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final Listeners listeners;
    private final SpineState state;
    private final Spine spine;
    private final Strict strict;
    private final FastRead fastRead;
    private final Weak weak;
    private final Locks locks;
    private final Release release;
    private final List<Protocol> all;

    NodeProtocols(GroupChannel channel, EventLoop loop, Executor callbacks, Duration timeout, Numbers numbers) {
        this.loop = loop;
        MemberId self = channel.self().id();
        Transport transport = channel.transport();
        listeners = new Listeners(callbacks);
        state = new SpineState(numbers);
        spine = new Spine(self, transport, loop, channel.log(), loop.turnEnd(), timeout);
        strict = new Strict(loop, spine::submit, listeners);
        fastRead = new FastRead(self, transport, loop, numbers, listeners, () -> true, LEASE);
        weak = new Weak(self, transport, loop, listeners, loop);
        locks = new Locks(self, transport, loop);
        release = new Release(self, transport, loop, listeners, locks);
        all = List.of(spine, strict, fastRead, weak, locks, release);
    }

    /** The state machine that the replicated log feeds. */
    SpineState state() {
        return state;
    }

    Spine spine() {
        return spine;
    }

    Strict strict() {
        return strict;
    }

    FastRead fastRead() {
        return fastRead;
    }

    Weak weak() {
        return weak;
    }

    Locks locks() {
        return locks;
    }

    Release release() {
        return release;
    }

    /** The shared objects on top of these protocols. */
    SharedObjects objects(Waiting waiting, Duration timeout, UnaryOperator<String> names, Supplier<String> holder) {
        return new SharedObjects(
                new Protocols(strict, fastRead, weak, release, locks),
                listeners,
                new Loop(loop, loop::executeHere),
                waiting,
                timeout,
                names,
                holder);
    }

    void onEpoch(Epoch epoch) {
        all.forEach(protocol -> protocol.onEpoch(epoch));
    }

    void onGone(MemberId member) {
        all.forEach(protocol -> protocol.onGone(member));
    }

    /** A member is in the view, perhaps again. */
    void onPresent(MemberId member) {
        weak.onBack(member);
    }

    void onTick(long nanos) {
        all.forEach(protocol -> protocol.onTick(nanos));
    }
}

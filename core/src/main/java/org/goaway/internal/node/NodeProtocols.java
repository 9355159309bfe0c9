package org.goaway.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.object.Listeners;
import org.goaway.internal.object.Loop;
import org.goaway.internal.object.Protocols;
import org.goaway.internal.object.SharedObjects;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Waiting;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.fastread.Limits;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.membership.EpochListener;
import org.goaway.protocol.membership.EpochPorts;
import org.goaway.protocol.membership.Epochs;
import org.goaway.protocol.membership.Registrar;
import org.goaway.protocol.release.Release;
import org.goaway.protocol.spine.Spine;
import org.goaway.protocol.spine.SpineState;
import org.goaway.protocol.strict.Strict;
import org.goaway.protocol.weak.Weak;

/** A node's protocols; used on its event loop only, but for what their types allow any thread. */
final class NodeProtocols {

    private final EventLoop loop;
    private final Listeners listeners;
    private final SpineState state;
    private final Spine spine;
    private final Strict strict;
    private final Coordination coordination;
    private final FastRead fastRead;
    private final Weak weak;
    private final Locks locks;
    private final Release release;
    private final List<Protocol> all;
    private final Epochs epochs;
    private final Registrar registrar;
    private final Lease lease;

    NodeProtocols(
            GroupChannel channel,
            EventLoop loop,
            Executor callbacks,
            NodeConfig config,
            Numbers numbers,
            EpochListener listener) {
        this.loop = loop;
        MemberId self = channel.self().id();
        Transport transport = channel.transport();
        listeners = new Listeners(callbacks);
        state = new SpineState(numbers);
        spine = new Spine(self, transport, loop, channel.log(), loop.turnEnd(), config.timeout());
        channel.log().onVoters(spine::onVoters);
        strict = new Strict(loop, spine::submit, listeners);
        coordination = new Coordination(loop, spine::submit, spine::answeredAt, config.timeout());
        Limits limits = new Limits(config.lease(), config.timeout(), SizeLimit.OBJECT.bytes());
        fastRead = new FastRead(self, transport, loop, numbers, listeners, this::isLeaseHeld, limits);
        weak = new Weak(self, transport, loop, listeners, loop, config.timeout());
        locks = new Locks(self, transport, loop, this::isLeaseHeld, config.timeout());
        release = new Release(self, transport, loop, this::isLeaseHeld, listeners, locks);
        all = List.of(spine, strict, coordination, fastRead, weak, locks, release);
        epochs = new Epochs(
                self,
                new EpochPorts(transport, loop, System::currentTimeMillis, channel.log()::leader),
                config.lease(),
                all,
                listener);
        lease = epochs.lease();
        registrar = new Registrar(
                self,
                transport,
                loop,
                channel.log(),
                config.lease(),
                member -> channel.membership()
                        .member(member)
                        .filter(MemberInfo::spawner)
                        .isPresent());
    }

    /** The protocols are made before what keeps their lease, and use it later. */
    private boolean isLeaseHeld() {
        return lease.isHeld();
    }

    Epochs epochs() {
        return epochs;
    }

    Registrar registrar() {
        return registrar;
    }

    /** The members that this one has learned of; none before the cluster has begun. */
    Set<MemberId> members() {
        return epochs.epoch().map(Epoch::members).orElse(Set.of());
    }

    /** Whether this member counts {@code member} as one. */
    boolean isMember(MemberId member) {
        return members().contains(member);
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

    Coordination coordination() {
        return coordination;
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

    /** How many shared objects this member has copies of. Any thread. */
    int objects() {
        return state.objects()
                + fastRead.size()
                + weak.size()
                + release.replica().size();
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

    List<Membership.Listener> listeners() {
        List<Membership.Listener> listeners = new ArrayList<>();
        listeners.add(new ViewNews(epochs::onPresent, epochs::onGone));
        listeners.add(new ViewNews(registrar::onPresent, registrar::onGone));
        listeners.add(new ViewNews(weak::onBack, gone -> {}));
        all.forEach(protocol -> listeners.add(new ViewNews(seen -> {}, protocol::onGone)));
        return listeners;
    }

    /** This member is out of the cluster: what it held is lost. */
    void onDropped() {
        locks.onDropped();
        release.onDropped();
    }

    /** Each on its own: one that fails keeps no other from going on. */
    void startTicking() {
        loop.onTick(epochs::onTick);
        loop.onTick(registrar::onTick);
        all.forEach(protocol -> loop.onTick(protocol::onTick));
    }
}

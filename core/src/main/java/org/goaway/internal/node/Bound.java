package org.goaway.internal.node;

import org.goaway.GoAway;
import org.goaway.internal.wire.value.Bindings;
import org.goaway.internal.wire.value.Handle;

/**
 * What travels as a kind and a name, bound again on arrival: to the cluster that is current wherever it is used, which in
 * a task is the node that the task runs on. A member is bound by its identity.
 */
record Bound(Members members) implements Bindings {

    @Override
    public Handle handleOf(Object object) {
        return object instanceof NodeMember member
                ? Handle.ofMember(MemberIds.text(member.info().id()), member.name())
                : Handle.of(object);
    }

    @Override
    public Object bind(Handle handle) {
        return switch (handle.kind()) {
            case STRICT_CENTRALIZED -> GoAway.strictCentralized(handle.name());
            case LIN_FAST_READ -> GoAway.linFastRead(handle.name());
            case WEAK -> GoAway.weak(handle.name());
            case UPDATE_ON_RELEASE -> GoAway.updateOnRelease(handle.name());
            case LOCK -> GoAway.lock(handle.name());
            case BARRIER -> GoAway.barrier(handle.ownName(), handle.size());
            case SEMAPHORE -> GoAway.semaphore(handle.ownName(), handle.size());
            case LATCH -> GoAway.latch(handle.ownName(), handle.size());
            case LONG -> GoAway.atomicLong(handle.name());
            case GUARDED_STRICT -> GoAway.strictCentralized(handle.ownName()).guardedBy(GoAway.lock(handle.lockName()));
            case GUARDED_FAST_READ -> GoAway.linFastRead(handle.ownName()).guardedBy(GoAway.lock(handle.lockName()));
            case MEMBER -> members.member(MemberIds.of(handle.id()), handle.ownName());
            case CLUSTER -> GoAway.current();
        };
    }
}

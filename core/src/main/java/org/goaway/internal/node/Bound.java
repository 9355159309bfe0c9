package org.goaway.internal.node;

import org.goaway.GoAway;
import org.goaway.GoAwayException;
import org.goaway.Member;
import org.goaway.internal.wire.value.Bindings;
import org.goaway.internal.wire.value.Handle;

/**
 * What travels as a kind and a name, bound again on arrival: to the cluster that is current wherever it is used, which in
 * a task is the node that the task runs on.
 */
record Bound(Members members) implements Bindings {

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
            case MEMBER -> member(handle.name());
            case CLUSTER -> GoAway.current();
        };
    }

    private Member member(String name) {
        Member member = members.named(name);
        if (member == null) {
            throw new GoAwayException("member '" + name + "' was never in this cluster");
        }
        return member;
    }
}

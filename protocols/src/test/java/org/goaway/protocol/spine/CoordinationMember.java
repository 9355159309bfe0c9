package org.goaway.protocol.spine;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.Woken;

/** A member with the spine and barriers and semaphores on it. */
record CoordinationMember(Spine spine, Coordination coordination) implements Protocol {

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Woken) {
            coordination.onMessage(from, message);
        } else {
            spine.onMessage(from, message);
        }
    }

    @Override
    public void onEpoch(Epoch epoch) {
        spine.onEpoch(epoch);
        coordination.onEpoch(epoch);
    }

    @Override
    public void onGone(MemberId member) {
        spine.onGone(member);
        coordination.onGone(member);
    }

    @Override
    public void onTick(long nanos) {
        spine.onTick(nanos);
        coordination.onTick(nanos);
    }
}

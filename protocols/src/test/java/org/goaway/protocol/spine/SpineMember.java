package org.goaway.protocol.spine;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.strict.Changed;
import org.goaway.protocol.strict.Strict;

/** A member with the spine and the strict store on it. */
record SpineMember(Spine spine, Strict strict) implements Protocol {

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Changed) {
            strict.onMessage(from, message);
        } else {
            spine.onMessage(from, message);
        }
    }

    @Override
    public void onEpoch(Epoch epoch) {
        spine.onEpoch(epoch);
        strict.onEpoch(epoch);
    }

    @Override
    public void onGone(MemberId member) {
        spine.onGone(member);
        strict.onGone(member);
    }

    @Override
    public void onTick(long nanos) {
        spine.onTick(nanos);
        strict.onTick(nanos);
    }
}

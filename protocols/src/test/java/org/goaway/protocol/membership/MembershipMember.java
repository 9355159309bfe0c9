package org.goaway.protocol.membership;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;

/** A member: its side of the epochs, the leader's side in case it leads, and a protocol between them. */
record MembershipMember(Epochs epochs, Registrar registrar, Probe probe, Door door) implements Protocol {

    /** How a message of an epoch reaches the protocol. */
    @FunctionalInterface
    interface Door {
        void receive(Epochs epochs, MemberId from, Probe.Ping ping, Probe probe);
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof RegistrarMessage wish) {
            registrar.onMessage(from, wish);
        } else if (message instanceof EpochMessage news) {
            try {
                epochs.onMessage(from, news);
            } catch (IllegalStateException failure) {
                probe.onFailed(failure); // a loop logs it and goes on
            }
        } else {
            door.receive(epochs, from, ((Probe.Sealed) message).ping(), probe);
        }
    }

    /** Only of the founding epoch: later ones come from the log. */
    @Override
    public void onEpoch(Epoch epoch) {
        epochs.begin(epoch);
    }

    void onPresent(MemberId member) {
        registrar.onPresent(member);
        epochs.onPresent(member);
    }

    @Override
    public void onGone(MemberId member) {
        registrar.onGone(member);
        epochs.onGone(member);
    }

    @Override
    public void onTick(long nanos) {
        registrar.onTick(nanos);
        epochs.onTick(nanos);
        probe.onTick(nanos);
        probe.look(epochs.lease());
    }
}

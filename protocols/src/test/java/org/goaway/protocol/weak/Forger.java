package org.goaway.protocol.weak;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;

/** Sends something else than what it is given; null: nothing. */
record Forger(Transport transport, UnaryOperator<Message> forgery) implements Transport {

    /** Members of which each sends so. */
    static WeakParts parts(UnaryOperator<Message> forgery) {
        return new WeakParts() {
            @Override
            Transport sending(MemberId self, Transport transport) {
                return new Forger(transport, forgery);
            }
        };
    }

    @Override
    public void send(MemberId to, Message message) {
        Message forged = forgery.apply(message);
        if (forged != null) {
            transport.send(to, forged);
        }
    }

    @Override
    public void multicast(Collection<MemberId> to, Message message) {
        Message forged = forgery.apply(message);
        if (forged != null) {
            transport.multicast(List.copyOf(to), forged);
        }
    }
}

package org.goaway.protocol.membership;

import java.util.Iterator;
import java.util.function.Consumer;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedState;

/** A log that holds the register and nothing else. */
class RegisterState implements ReplicatedState {

    final EpochRegister register = new EpochRegister();

    @Override
    public Message apply(Message entry) {
        return register.apply((MembershipCommand) entry);
    }

    /** Replaces what the register holds, as no command can. */
    final void replace(Agreed agreed) {
        register.reset();
        register.read(agreed);
    }

    @Override
    public final void writeTo(Consumer<Message> pieces) {
        register.writeTo(pieces);
    }

    @Override
    public final void readFrom(Iterator<Message> pieces) {
        register.reset();
        pieces.forEachRemaining(piece -> register.read((Agreed) piece));
    }
}

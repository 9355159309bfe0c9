package org.goaway.protocol.membership;

import java.util.Optional;
import org.goaway.protocol.Epoch;

/** The replicated register of the current epoch. One writer: whoever applies the log. */
public final class EpochRegister {

    private Epoch current;

    /** Applies the command: the first one decides, a later one learns what was decided. */
    public Founded apply(Found command) {
        if (current == null) {
            current = command.epoch();
        }
        return new Founded(current);
    }

    /** The epoch that holds; empty before the founding. */
    public Optional<Epoch> current() {
        return Optional.ofNullable(current);
    }

    /** Replaces the register's content by a snapshot's. */
    public void restore(Epoch epoch) {
        current = epoch;
    }
}

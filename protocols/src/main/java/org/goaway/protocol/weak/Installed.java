package org.goaway.protocol.weak;

import java.util.List;
import org.goaway.protocol.Message;

/** The sender has installed the receiver's batches of these numbers. */
public record Installed(List<Long> numbers) implements Message {

    public Installed {
        numbers = List.copyOf(numbers);
    }

    @Override
    public boolean unordered() {
        return true;
    }
}

package org.goaway.protocol.membership;

import java.util.List;
import java.util.Optional;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Protocol;

/**
 * A member's protocols, which learn each epoch one after the other. One that fails keeps no other from it, but what it has
 * is of no epoch any more, until the member enters anew and all its data are void anyway. One writer: the event loop.
 */
final class Learners {

    private final List<Protocol> protocols;
    private boolean whole = true;

    Learners(List<Protocol> protocols) {
        this.protocols = List.copyOf(protocols);
    }

    /**
     * C6. Returns the first failure, for whoever logs it; empty: there was none.
     *
     * @param anew whether the member enters with this epoch
     */
    Optional<IllegalStateException> learn(Epoch epoch, boolean anew) {
        whole = whole || anew;
        IllegalStateException first = null;
        for (Protocol protocol : protocols) {
            try {
                protocol.onEpoch(epoch);
            } catch (Throwable failure) {
                whole = false;
                first = first != null ? first : failed(protocol, epoch, failure);
            }
        }
        return Optional.ofNullable(first);
    }

    private static IllegalStateException failed(Protocol protocol, Epoch epoch, Throwable failure) {
        return new IllegalStateException(
                protocol.getClass().getSimpleName() + " could not learn epoch " + epoch.number()
                        + ": this member asks for no lease until it was dropped and is back",
                failure);
    }

    /** Whether all have learned what there was to learn since the member entered. */
    boolean areWhole() {
        return whole;
    }

    /** Whether all have their copies complete. */
    boolean areSynced() {
        return whole && protocols.stream().allMatch(Protocol::isSynced);
    }
}

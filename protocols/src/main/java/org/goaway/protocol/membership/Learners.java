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

    /** Which protocol has failed first, and by what. */
    record Failure(Protocol protocol, Throwable cause) {

        /** What to log of it. */
        IllegalStateException exception(Epoch epoch) {
            return new IllegalStateException(
                    protocol.getClass().getSimpleName() + " could not learn epoch " + epoch.number()
                            + ": this member asks for no lease until it was dropped and is back",
                    cause);
        }
    }

    /**
     * C6. Returns the first failure; empty: there was none.
     *
     * @param anew whether the member enters with this epoch
     */
    Optional<Failure> learn(Epoch epoch, boolean anew) {
        boolean wasWhole = whole || anew;
        whole = false;
        Protocol first = null;
        Throwable cause = null;
        for (Protocol protocol : protocols) {
            try {
                protocol.onEpoch(epoch);
            } catch (Throwable failure) { // of memory perhaps, so nothing is made of it before all have learned
                first = first != null ? first : protocol;
                cause = cause != null ? cause : failure;
            }
        }
        whole = wasWhole && first == null;
        return first == null ? Optional.empty() : Optional.of(new Failure(first, cause));
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

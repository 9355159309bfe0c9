package org.goaway.internal.object;

import org.goaway.protocol.ObjectId;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Threads that begin and end to listen to one field: none's listener goes with another's. Lincheck tries the
 * interleavings.
 */
@Tag("simulation")
class ListenersInterleavingsTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.WEAK, "object");

    @Test
    void shouldKeepAListenerWhateverOthersClose() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Model.class)
                .check(Real.class);
    }

    /** The listeners of one field. */
    public static class Real {

        private static final Values VALUES = new TextValues().application();

        private final Listeners listeners = new Listeners(Runnable::run);

        /** Listens for a while; returns whether changes would have been heard. */
        @Operation
        public boolean listen() {
            Listeners.Listener listener = listeners.add(OBJECT, "field", VALUES, value -> {});
            boolean heard = listeners.any(OBJECT, "field");
            listeners.remove(listener);
            return heard;
        }
    }

    /** What all of it means. */
    public static class Model {

        /** As above. */
        public boolean listen() {
            return true;
        }
    }
}

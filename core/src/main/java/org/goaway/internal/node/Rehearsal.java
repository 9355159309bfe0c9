package org.goaway.internal.node;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.RemoteFunction;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.value.Bindings;

/**
 * Encodes and decodes once what a task is made of, beside the start: a process's first task would else wait until the classes for
 * that are loaded and initialized and their method handles spun, for most of a tenth of a second on either side. Nothing depends on
 * it, so nobody hears of it if it fails.
 */
final class Rehearsal {

    private static final Logger LOG = LogManager.getLogger(Rehearsal.class);

    static final Rehearsal OF_PROCESS = new Rehearsal(Rehearsal::beside);

    private final AtomicBoolean held = new AtomicBoolean();
    private final Executor executor;

    Rehearsal(Executor executor) {
        this.executor = executor;
    }

    /** Begins {@code piece}, the first time. Never throws. */
    void hold(Runnable piece) {
        if (held.compareAndSet(false, true)) {
            guarded(() -> executor.execute(() -> guarded(piece)));
        }
    }

    /** On a thread of its own. */
    static void beside(Runnable piece) {
        Thread thread = new Thread(null, piece, "goaway-rehearsal", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) { // also where no thread can be made
            told(e);
        }
    }

    private static void told(Throwable failure) {
        try {
            LOG.debug("the first task will take longer", failure);
        } catch (Throwable silenced) {
            // what cannot be said either does not matter more
        }
    }

    /** What has come out of it: a function, and an argument twice. */
    static List<Object> piece(Bindings bindings) {
        Codec codec = new Codec(Rehearsal.class.getClassLoader(), bindings);
        RemoteFunction<Part, Part> function = part -> part;
        Object[] work =
                (Object[]) codec.decode(codec.encodeNumbered(new Object[] {function, Part.WHOLE}), codec::lambda);
        return List.of(work[0], work[1], codec.decode(codec.encode(Part.WHOLE)));
    }

    private enum Case {
        ONE
    }

    /** With fields of the usual types. */
    record Part(String text, int small, long large, double real, boolean set, List<Case> rest) {
        static final Part WHOLE = new Part("", 1, 1L, 1.0, true, List.of(Case.ONE));
    }
}

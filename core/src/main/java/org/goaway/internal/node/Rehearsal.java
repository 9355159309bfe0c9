package org.goaway.internal.node;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.goaway.RemoteFunction;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.value.Bindings;

/**
 * Encodes and decodes once what a task is made of, beside the start: a process's first task would else wait until the classes for
 * that are loaded and initialized and their method handles spun, for most of a tenth of a second on either side.
 */
final class Rehearsal {

    private static final AtomicBoolean HELD = new AtomicBoolean();

    private Rehearsal() {}

    /** Begins it on a thread of its own, in this process's first node. */
    static void hold(Bindings bindings) {
        if (HELD.compareAndSet(false, true)) {
            Thread thread = new Thread(null, () -> run(bindings), "goaway-rehearsal", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    static void run(Bindings bindings) {
        Codec codec = new Codec(Rehearsal.class.getClassLoader(), bindings);
        RemoteFunction<Part, Part> function = part -> part;
        Object[] work = {function, new Part("", 1, 1L, 1.0, true, List.of(Case.ONE))};
        var unused = codec.decode(codec.encodeNumbered(work), codec::lambda);
        unused = codec.decode(codec.encode(work[1]));
    }

    private enum Case {
        ONE
    }

    /** With fields of the usual types. */
    private record Part(String text, int small, long large, double real, boolean set, List<Case> rest) {}
}

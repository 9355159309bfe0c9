package org.goaway.internal.output;

import java.io.PrintStream;

/**
 * One node's use of the process's standard streams. The first node of a process puts {@link RoutedStream}s in their place
 * and the last one puts the originals back, unless the program replaced them meanwhile. Safe for any thread.
 */
public final class StandardStreams implements AutoCloseable {

    private final RoutedStream out;
    private final RoutedStream err;
    private boolean closed;

    private StandardStreams(RoutedStream out, RoutedStream err) {
        this.out = out;
        this.err = err;
    }

    /** Begins to route. */
    public static StandardStreams install() {
        synchronized (StandardStreams.class) {
            RoutedStream out = System.out instanceof RoutedStream there ? there : new RoutedStream(System.out, false);
            RoutedStream err = System.err instanceof RoutedStream there ? there : new RoutedStream(System.err, true);
            System.setOut(out);
            System.setErr(err);
            out.enter();
            err.enter();
            return new StandardStreams(out, err);
        }
    }

    /** The process's own stream. */
    public PrintStream original(boolean error) {
        return error ? err.original() : out.original();
    }

    @Override
    public void close() {
        synchronized (StandardStreams.class) {
            if (closed) {
                return;
            }
            closed = true;
            if (out.leave() && System.out == out) {
                System.setOut(out.original());
            }
            if (err.leave() && System.err == err) {
                System.setErr(err.original());
            }
        }
    }
}

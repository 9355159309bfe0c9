package org.goaway.examples;

import java.io.PrintStream;

/** A bar that grows while something goes on; only appends, so that it may go into a file, too. Safe for any thread. */
final class Bar {

    private static final int WIDTH = 50;

    private final PrintStream out;
    private final long all;
    private int drawn;

    Bar(PrintStream out, String what, long all) {
        this.out = out;
        this.all = all;
        out.print(what + " [");
        out.flush();
    }

    /** So much is done. */
    synchronized void show(long done) {
        while (drawn < WIDTH && drawn < WIDTH * done / all) {
            out.print('=');
            drawn++;
        }
        out.flush();
    }

    /** All is done. */
    synchronized void end() {
        show(all);
        out.println("]");
    }
}

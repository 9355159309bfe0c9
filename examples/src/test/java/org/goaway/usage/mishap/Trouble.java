package org.goaway.usage.mishap;

import java.io.IOException;
import org.goaway.GoAway;

/** Functions that make trouble on the member that runs them. */
final class Trouble {

    private static final long POLL_MILLIS = 20;

    /** An exception class of the application. */
    static final class OutOfStock extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String what;

        OutOfStock(String what) {
            super("no " + what + " left");
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    /** One that cannot travel. */
    static final class BadConnection extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Thread reader = Thread.currentThread();

        BadConnection() {
            super("the line is dead");
        }

        Thread reader() {
            return reader;
        }
    }

    private Trouble() {}

    static void throwsChecked() throws IOException {
        throw new IOException("disk full");
    }

    static void throwsUnchecked() {
        throw new ArithmeticException("no such number");
    }

    static void throwsError() {
        deeper(1);
    }

    private static int deeper(int depth) {
        return depth == 0 ? 0 : deeper(depth + 1) + 1;
    }

    /** Prints as deep in a recursion without end as the stack lets it; returns how many more calls there were room for. */
    @SuppressWarnings("InfiniteRecursion")
    static int printsWhereTheStackEnds(String line) {
        try {
            return printsWhereTheStackEnds(line) + 1;
        } catch (StackOverflowError end) {
            System.out.println(line);
            return 0;
        }
    }

    static void throwsItsOwn() {
        throw new OutOfStock("pears");
    }

    static void throwsWhatCannotTravel() {
        throw new BadConnection();
    }

    /** Ends its member's process. */
    static void exits() {
        System.exit(3);
    }

    /** Does not end, and does not care for interrupts. */
    static void spins() {
        GoAway.strictCentralized("trouble").set("spins", true);
        long count = 0;
        while (count >= 0) {
            count = (count + 1) & Long.MAX_VALUE;
        }
    }

    /** Waits until it is interrupted. */
    static void waits(String field) throws InterruptedException {
        GoAway.strictCentralized("trouble").set(field, true);
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Takes one lock, and the other when somebody has taken that. */
    static void takes(String first, String second) throws InterruptedException {
        try (var held = GoAway.lock(first).hold()) {
            GoAway.strictCentralized("taken").set(first, true);
            while (!GoAway.strictCentralized("taken").get(second, false)) {
                Thread.sleep(POLL_MILLIS);
            }
            GoAway.lock(second).lockInterruptibly();
            GoAway.lock(second).unlock();
        }
    }

    static String whoAmI() {
        return GoAway.self().name();
    }
}

package org.goaway.usage.nemesis;

import java.util.concurrent.TimeUnit;

/** A client: runs on any member, as a task or as a thread of the program. */
final class Client {

    private static final int LONGEST_PAUSE_MICROS = 8_000;
    private static final long AFTER_FAILURE_MILLIS = 50;

    private Client() {}

    /** Does as ordered until told to end, or interrupted. */
    static void run(Order order) throws Exception {
        try (Journal journal = new Journal(order.journal())) {
            Desk desk = new Desk(order, journal);
            while (desk.goesOn() && !Thread.currentThread().isInterrupted()) {
                order.work().step(desk);
                if (desk.takeFailed()) {
                    TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
                }
                TimeUnit.MICROSECONDS.sleep(desk.random().nextInt(LONGEST_PAUSE_MICROS));
            }
        } catch (InterruptedException lost) {
            Thread.currentThread().interrupt();
        }
    }
}

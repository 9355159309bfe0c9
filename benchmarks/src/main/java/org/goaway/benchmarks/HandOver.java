package org.goaway.benchmarks;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What it costs to hand something to a sleeping thread and get it back: most of what a round trip consists of. */
final class HandOver implements AutoCloseable {

    private final BlockingQueue<Integer> there = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> back = new LinkedBlockingQueue<>();
    private final Thread other = new Thread(this::serve, "benchmark-hand-over");

    HandOver() {
        other.setDaemon(true);
        other.start();
    }

    private void serve() {
        try {
            while (true) {
                back.add(there.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Two hand-overs. */
    void thereAndBack() throws InterruptedException {
        there.add(1);
        back.take();
    }

    @Override
    public void close() {
        other.interrupt();
    }
}

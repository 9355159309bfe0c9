package org.goaway.internal.output;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last 64 KiB of a task's output, at its spawner. Safe for any thread. */
public final class Tail {

    private static final int LIMIT = 64 << 10;

    private final Deque<String> parts = new ArrayDeque<>();
    private int size;

    synchronized void add(String text) {
        String kept = text.length() <= LIMIT ? text : text.substring(text.length() - LIMIT);
        parts.addLast(kept);
        size += kept.length();
        while (size - parts.getFirst().length() >= LIMIT) {
            size -= parts.removeFirst().length();
        }
    }

    /** What was printed last, as it was printed. */
    public synchronized String text() {
        String all = String.join("", parts);
        return all.length() <= LIMIT ? all : all.substring(all.length() - LIMIT);
    }
}

package org.goaway.internal.task;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows how far a group is: as a bar that is redrawn on a terminal, else as a line every few seconds. Safe for any thread.
 */
final class Progress {

    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final int total;
    private final boolean terminal;
    private final LongSupplier clock;
    private final Consumer<String> print;
    private final long begin;
    private long shownAt;
    private boolean ended;

    /**
     * @param clock nanoseconds
     * @param print prints text as it is; must not block
     */
    Progress(int total, boolean terminal, LongSupplier clock, Consumer<String> print) {
        this.total = total;
        this.terminal = terminal;
        this.clock = clock;
        this.print = print;
        this.begin = clock.getAsLong();
        this.shownAt = begin;
    }

    /** Time has passed and {@code done} tasks have ended. */
    synchronized void onTick(int done) {
        long now = clock.getAsLong();
        if (!ended && now - shownAt >= (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            shownAt = now;
            print.accept(terminal ? "\r" + line(done, now) : line(done, now) + System.lineSeparator());
        }
    }

    /** All tasks have ended. */
    synchronized void end(int done) {
        if (!ended) {
            ended = true;
            print.accept((terminal ? "\r" : "") + line(done, clock.getAsLong()) + System.lineSeparator());
        }
    }

    private String line(int done, long now) {
        double seconds = Math.max(1e-3, (now - begin) / 1e9);
        double rate = done / seconds;
        int percent = total == 0 ? 100 : (int) (100L * done / total);
        int filled = WIDTH * percent / 100;
        String bar = terminal ? "[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " : "";
        String left =
                done == total ? time(seconds) + " in all" : done == 0 ? "" : time((total - done) / rate) + " left";
        return String.format(Locale.ROOT, "%s%3d%% %d/%d  %.1f/s  %s", bar, percent, done, total, rate, left);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}

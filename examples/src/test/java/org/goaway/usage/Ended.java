package org.goaway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a program ended.
 *
 * @param started the processes that it had started
 */
public record Ended(int status, String out, String err, Set<ProcessHandle> started) {

    /**
     * A line of a stack trace, printed here or at a server. Not "at org.goaway" alone: that is also how it is told where a
     * thread is.
     */
    static final Pattern FRAME = Pattern.compile("(?m)^(\\[[^\\]]*\\] )?\\h+at org\\.goaway\\.");

    /**
     * Fails unless it ended well: with status 0, and with no failure of GoAway among what it printed. JGroups may tell of
     * a connection that was closed while it was read, which is what closing does.
     */
    public Ended well() {
        assertThat(err).doesNotContainPattern(FRAME).doesNotContain("Log4j API could not", "INFO", "sun.misc.Unsafe");
        return with(0);
    }

    /** Fails unless it ended with this status. */
    public Ended with(int expected) {
        assertThat(status)
                .withFailMessage("status %d; it printed:%n%s%nand as errors:%n%s", status, out, err)
                .isEqualTo(expected);
        return this;
    }

    /** Fails unless it had started so many processes, and none of them is left. */
    public Ended leavingNoneOf(int processes) {
        assertThat(started).hasSize(processes);
        return leavingNone();
    }

    /** Fails unless none of the processes that it had started is left. */
    public Ended leavingNone() {
        Eventually.holds(() -> started.stream().noneMatch(ProcessHandle::isAlive), () -> "left: " + started);
        return this;
    }

    /** What it printed, by lines. */
    public List<String> lines() {
        return out.lines().toList();
    }
}

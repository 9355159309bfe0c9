package org.goaway;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How one task is to run. Immutable; what is not set has the default that its method names.
 *
 * <pre>{@code
 * TaskOptions.builder().name("chunk 3").timeout(Duration.ofMinutes(5)).build()
 * }</pre>
 */
public final class TaskOptions {

    private static final TaskOptions DEFAULTS = builder().build();

    private final Member member;
    private final String label;
    private final String name;
    private final Duration timeout;
    private final boolean virtual;
    private final int retries;
    private final boolean excludeSpawner;

    private TaskOptions(Builder builder) {
        member = builder.member;
        label = builder.label;
        name = builder.name;
        timeout = builder.timeout;
        virtual = builder.virtual;
        retries = builder.retries;
        excludeSpawner = builder.excludeSpawner;
    }

    /** Options with nothing set. */
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The one member it may run on; empty: any. */
    public Optional<Member> member() {
        return Optional.ofNullable(member);
    }

    /** The label of the members it may run on; empty: any. */
    public Optional<String> label() {
        return Optional.ofNullable(label);
    }

    /** Its name in messages and log lines; empty: its id. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** How long it may run; empty: without bound. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Whether it asks for a virtual thread. */
    public boolean virtual() {
        return virtual;
    }

    /** How often it runs again where its member was lost and it may have run; 0: never. */
    public int retries() {
        return retries;
    }

    /** Whether the members that start tasks are left out. */
    public boolean excludeSpawner() {
        return excludeSpawner;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskOptions that
                && Objects.equals(member, that.member)
                && Objects.equals(label, that.label)
                && Objects.equals(name, that.name)
                && Objects.equals(timeout, that.timeout)
                && virtual == that.virtual
                && retries == that.retries
                && excludeSpawner == that.excludeSpawner;
    }

    @Override
    public int hashCode() {
        return Objects.hash(member, label, name, timeout, virtual, retries, excludeSpawner);
    }

    @Override
    public String toString() {
        return "TaskOptions[on=" + (member == null ? null : member.name()) + ", label=" + label + ", name=" + name
                + ", timeout=" + timeout + ", virtual=" + virtual + ", retries=" + retries
                + ", excludeSpawner=" + excludeSpawner + "]";
    }

    /** Collects options. Not for several threads at once. */
    public static final class Builder {
        private Member member;
        private String label;
        private String name;
        private Duration timeout;
        private boolean virtual;
        private int retries;
        private boolean excludeSpawner;

        private Builder() {}

        /**
         * Binds the task to {@code member}. By default it runs where the fewest tasks wait. A bound task never moves: it
         * ends with {@link MemberLeftException} when the member leaves.
         */
        public Builder on(Member member) {
            this.member = Objects.requireNonNull(member, "member");
            return this;
        }

        /**
         * Lets only members with this label run the task; with no such member, or when the task is bound {@link #on} one without
         * it, starting it is refused with {@link UnavailableException}.
         */
        public Builder label(String label) {
            this.label = Objects.requireNonNull(label, "label");
            return this;
        }

        /** Names the task in messages and log lines; its id by default. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Bounds how long the task runs; without bound by default. The time counts from when a thread begins with it, so not while
         * it is queued, and anew for each attempt; to fetch its classes and to decode its arguments counts. When the time is up its thread is interrupted and
         * the task ends as {@link TaskStatus#FAILED}, caused by a {@link java.util.concurrent.TimeoutException}. A thread that
         * does not heed the interrupt goes on computing beside its member's further tasks, which do not wait for it.
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Runs the task on a virtual thread where the member's Java is 24 or later; on a platform thread by default and
         * on an older Java. For tasks that mostly wait: those that compute would keep others from running.
         */
        public Builder virtual(boolean virtual) {
            this.virtual = virtual;
            return this;
        }

        /**
         * Lets the task run again, at most so many times, when its member is lost and it may have run there; 0 by default:
         * then it ends with {@link MemberLeftException}. It runs at another member if there is one, and {@link
         * TaskContext#attempt()} tells it so. What an earlier attempt did stays done, and one at a member that was only out of
         * reach may go on beside the next until it learns that it is over: give retries to tasks that do no harm when they
         * run twice, wholly or in part. A task that throws is not repeated, nor is one bound by {@link #on}.
         */
        public Builder retries(int retries) {
            this.retries = retries;
            return this;
        }

        /**
         * Lets only servers run the task, not the member of a program, which is kept free for what else it does. False by
         * default: a program's own member runs tasks like any other unless its configuration has {@code spawner_tasks: false},
         * which says the same for all tasks that are not bound {@link #on} it. With no server, starting it is refused.
         */
        public Builder excludeSpawner(boolean exclude) {
            this.excludeSpawner = exclude;
            return this;
        }

        /**
         * Checks and returns the options.
         *
         * @throws IllegalArgumentException if they contradict each other, or a value is out of its range
         */
        public TaskOptions build() {
            if (member != null && excludeSpawner && member.isSpawner()) {
                throw new IllegalArgumentException(
                        "on(" + member.name() + ") names the spawner, which excludeSpawner excludes: use one of them");
            }
            if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
                throw new IllegalArgumentException("timeout is " + timeout + ": it must be longer than 0");
            }
            if (retries < 0) {
                throw new IllegalArgumentException("retries is " + retries + ": it must be 0 or more");
            }
            if (label != null && label.isBlank()) {
                throw new IllegalArgumentException("label is blank: it must name a label of a member");
            }
            return new TaskOptions(this);
        }
    }
}

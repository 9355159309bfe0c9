package org.goaway.internal.wire.value;

import java.util.ArrayDeque;
import java.util.Deque;
import org.goaway.NotTransferableException;

/**
 * A value that cannot travel, on its way up through the writer: each level adds the step that led down, so that the path
 * costs nothing while all goes well. Not an exception for users: {@link #toException()} makes that.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Of longer paths only so many steps at either end are told. */
    private static final int STEPS = 6;

    private final transient Deque<String> first = new ArrayDeque<>();
    private final transient Deque<String> last = new ArrayDeque<>();
    private final String what;
    private final String reason;

    public Refusal(Class<?> type, String reason, Throwable cause) {
        super(reason, cause, false, false);
        this.what = describe(type);
        this.reason = reason;
    }

    private static String describe(Class<?> type) {
        String name = type.getTypeName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? "a " + name : "a lambda in " + name.substring(0, lambda);
    }

    /** Adds the step that led to the steps so far. */
    public Refusal at(String step) {
        if (last.size() < STEPS) {
            last.addFirst(step);
        } else {
            first.addFirst(step);
            if (first.size() > STEPS) {
                first.removeLast();
                first.removeLast();
                first.addLast("…");
            }
        }
        return this;
    }

    /** What users see. */
    public NotTransferableException toException() {
        StringBuilder message = new StringBuilder("cannot ship ").append(what).append(" at: value");
        first.forEach(step -> message.append(" -> ").append(step));
        last.forEach(step -> message.append(" -> ").append(step));
        return new NotTransferableException(message.append("; ").append(reason).toString(), getCause());
    }
}

package org.goaway.internal.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goaway.protocol.Message;

/**
 * What a task logged, to its spawner; in order with what it {@link Printed}.
 *
 * @param task which of the spawner's tasks; 0: a thread of a task that has ended
 * @param attempt which attempt at it
 * @param size how much of the task's window it takes, in bytes
 * @param level the name of its level
 * @param severity the level's number
 * @param markers its marker's name and those of the marker's parents
 * @param thrown null if nothing was
 * @param millis when it was logged, since 1970
 */
public record Logged(
        long task,
        int attempt,
        int size,
        String logger,
        String level,
        int severity,
        List<String> markers,
        String text,
        Thrown thrown,
        Map<String, String> context,
        long millis)
        implements Message {

    public Logged {
        markers = List.copyOf(markers);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }
}

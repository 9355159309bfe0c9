package org.goaway.internal.output;

import java.util.List;
import java.util.Map;

/**
 * What a task logs, in Java's own types: it comes from the program's own copy of log4j.
 *
 * @param level the name of its level
 * @param severity the level's number: the higher, the less severe
 * @param markers its marker's name and those of the marker's parents; none if it has no marker
 * @param thrown null if nothing was
 * @param context the program's thread context
 * @param millis when it was logged, since 1970
 */
public record LogEvent(
        String logger,
        String level,
        int severity,
        List<String> markers,
        String text,
        Throwable thrown,
        Map<String, String> context,
        long millis) {}

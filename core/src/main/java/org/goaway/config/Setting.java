package org.goaway.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.goaway.ConfigKey;

/**
 * A key with the text that was given for it; knows how to read the text as what the key takes.
 *
 * @param values one, unless a list was given
 * @param isList whether it was written as a list
 */
record Setting(ConfigKey key, List<String> values, boolean isList, Origin origin) {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
    private static final Map<String, ToLongFunction<Long>> MILLIS =
            Map.of("ms", n -> n, "s", n -> n * 1_000, "m", n -> n * 60_000, "h", n -> n * 3_600_000);

    Setting {
        values = List.copyOf(values);
    }

    /** A setting that was not written as a list; it may still be one, separated by commas. */
    static Setting of(ConfigKey key, String value, Origin origin) {
        return new Setting(key, List.of(value), false, origin);
    }

    String text() {
        if (isList) {
            throw key.refuse("a list");
        }
        return values.get(0);
    }

    List<String> list() {
        if (isList) {
            return values;
        }
        return Arrays.stream(text().split(",", -1)).map(String::strip).toList();
    }

    boolean isNumber() {
        return !isList && text().matches("[+-]?\\d+");
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw key.refuse(text());
        }
    }

    boolean flag() {
        return switch (text().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw key.refuse(text());
        };
    }

    Duration time() {
        Matcher matcher = TIME.matcher(text());
        if (!matcher.matches()) {
            throw key.refuse(text());
        }
        return Duration.ofMillis(MILLIS.get(matcher.group(2)).applyAsLong(Long.valueOf(matcher.group(1))));
    }
}

package org.goaway.internal.wire.form;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The flags that the text of a {@link Pattern} sets, such as {@code (?i)}. A pattern tells those that hold at its end, by
 * which it is made again; what it was made with is lost. The difference shows if the text changes them after its start.
 */
final class InlineFlags {

    private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]+\\)");

    private static final Pattern AT_START = Pattern.compile("^(?:" + FLAGS.pattern() + ")*");

    private static final List<Integer> ALL = List.of(
            Pattern.UNIX_LINES,
            Pattern.CASE_INSENSITIVE,
            Pattern.COMMENTS,
            Pattern.MULTILINE,
            Pattern.DOTALL,
            Pattern.UNICODE_CASE,
            Pattern.UNICODE_CHARACTER_CLASS);

    private InlineFlags() {}

    /** Whether the text may have been compiled with other flags than those that hold at its end, and mean something else by it. */
    static boolean changeLater(Pattern pattern) {
        String rest = AT_START.matcher(pattern.pattern()).replaceFirst("");
        int flags = pattern.flags();
        return FLAGS.matcher(rest).find() && ALL.stream().anyMatch(flag -> endsWith(rest, other(flags, flag), flags));
    }

    private static int other(int flags, int flag) {
        int other = flags ^ flag;
        boolean implied = flag == Pattern.UNICODE_CASE && (flags & Pattern.UNICODE_CHARACTER_CLASS) != 0;
        return implied ? other & ~Pattern.UNICODE_CHARACTER_CLASS : other;
    }

    private static boolean endsWith(String text, int start, int end) {
        try {
            return Pattern.compile(text, start).flags() == end;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}

package org.goaway;

import java.util.regex.Pattern;

/** Finds the class of the program that called GoAway: its loader is the application's. */
final class Caller {

    private static final Pattern OWN = Pattern.compile("org\\.goaway\\.((config|testing|cli|internal)\\..*|[^.]+)");
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Caller() {}

    /** The first class on this thread's stack that is neither GoAway's nor the JDK's; GoAway itself if there is none. */
    static Class<?> find() {
        return WALKER.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(Caller::isForeign)
                .findFirst()
                .orElse(GoAway.class));
    }

    private static boolean isForeign(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null
                && loader != ClassLoader.getPlatformClassLoader()
                && !OWN.matcher(type.getName()).matches();
    }
}

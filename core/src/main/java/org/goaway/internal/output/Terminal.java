package org.goaway.internal.output;

import java.io.Console;

/** Where somebody looks at what this process prints, as it comes. */
public final class Terminal {

    private Terminal() {}

    /** Whether this process has one. */
    @SuppressWarnings("SystemConsoleNull") // asked for both, before Java 22 and since
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // since Java 22 there is a console where there is no terminal, too
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}

package org.goaway.internal.output;

import org.apache.logging.log4j.simple.SimpleLoggerContextFactory;
import org.apache.logging.log4j.spi.Provider;

/**
 * Warnings on System.err, and nothing else, where the program brings no logging of its own. It is the last choice of
 * log4j's API, which without it would complain about that and swallow warnings; its level is in
 * {@code log4j2.simplelog.properties}.
 */
public final class PlainLogging extends Provider {

    /** Any real backend has more. */
    private static final int PRIORITY = 0;

    private static final String API = "2.6.0";

    /** For log4j's API, which finds it in META-INF/services. */
    public PlainLogging() {
        super(PRIORITY, API, SimpleLoggerContextFactory.class);
    }
}

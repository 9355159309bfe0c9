package org.goaway.internal.output;

import org.goaway.protocol.Message;

/**
 * Answers {@link AskLevel}.
 *
 * @param severity the number of the least severe level that is taken
 */
public record LoggerLevel(String logger, int severity) implements Message {}

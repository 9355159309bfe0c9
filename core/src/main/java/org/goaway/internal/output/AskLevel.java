package org.goaway.internal.output;

import org.goaway.protocol.Message;

/** Asks the spawner of a task from which level on its log4j takes what this logger logs. */
public record AskLevel(String logger) implements Message {}

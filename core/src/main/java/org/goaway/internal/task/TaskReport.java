package org.goaway.internal.task;

import org.goaway.protocol.MemberId;

/**
 * What the member that has a task says of it.
 *
 * @param does what it does, in one clause
 */
public record TaskReport(String name, MemberId spawner, int attempt, boolean running, String does) {

    /** How many tasks of one member are told of; the rest is only counted. */
    public static final int MOST = 200;
}

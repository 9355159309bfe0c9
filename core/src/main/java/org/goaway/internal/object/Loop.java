package org.goaway.internal.object;

import java.util.concurrent.Executor;

/**
 * The ways to the event loop.
 *
 * @param tasks hands a task over
 * @param here runs a task in the calling thread while the loop is idle, else hands it over; for tasks that start no thread
 */
public record Loop(Executor tasks, Executor here) {}

package org.goaway.internal.launch;

/**
 * A server that is to be started.
 *
 * @param name the member's name
 * @param machine where it runs
 * @param port where it listens there; 0: any free port
 */
public record Place(String name, Machine machine, int port) {}

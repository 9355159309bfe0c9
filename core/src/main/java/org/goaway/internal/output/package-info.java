/**
 * Forwards what tasks print to the member that started them, where it appears line by line.
 *
 * <p>{@link org.goaway.internal.output.StandardStreams} routes by thread, {@link org.goaway.internal.output.TaskOutput}
 * cuts lines and holds a task back that prints faster than its spawner, {@link org.goaway.internal.output.Printer} prints
 * at the spawner. What a task logs through log4j arrives at {@link org.goaway.internal.output.TaskLog}, goes the same way,
 * and leaves through the spawner's log4j.
 */
package org.goaway.internal.output;

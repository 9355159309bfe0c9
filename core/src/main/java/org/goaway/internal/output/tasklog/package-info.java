/**
 * What log4j finds as its backend in a program that runs at a member which is not its origin: hands all that the program
 * logs to {@link org.goaway.internal.output.TaskLog}.
 *
 * <p>It extends the program's own log4j-api, which is not that of the member. So this package is the one part of GoAway
 * that each program's class loader there defines for itself, from the member's copy of the class files.
 */
package org.goaway.internal.output.tasklog;

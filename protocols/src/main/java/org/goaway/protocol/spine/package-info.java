/**
 * The spine: the client of the one replicated log and the state machine behind it.
 *
 * <p>Every member submits commands to its {@link org.goaway.protocol.spine.Spine}; it sends them, packed, to the member
 * that leads, which appends them, packed again, as entries of the log. Messages and answers may be lost and leaders
 * change, so a command is repeated until it is answered, and {@link org.goaway.protocol.spine.SpineState} applies it
 * once by (client, sequence). The log survives the loss of a minority of its voters; while a majority is gone commands end
 * at their bound.
 */
package org.goaway.protocol.spine;

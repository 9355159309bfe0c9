/**
 * StrictCentralized: the data live in the replicated log's state machine, and reads go through the log like writes.
 *
 * <p>Since every operation takes effect at its place in the one log, the store is linearizable as long as each command is
 * applied once; the spine sees to that. {@link org.goaway.protocol.strict.StrictState} is the state,
 * {@link org.goaway.protocol.strict.Strict} the client at every member. A watcher hears of changes by messages that
 * may be lost; it asks the log again now and then, so it ends with the newest value.
 */
package org.goaway.protocol.strict;

package org.goaway.protocol.fastread;

import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException.Outcome;

/**
 * One {@link Write} cannot be finished in this epoch.
 *
 * @param lost the member whose acknowledgement it lacks
 */
public record Failed(long epoch, ObjectId object, long seq, Outcome outcome, MemberId lost) implements Fenced {}

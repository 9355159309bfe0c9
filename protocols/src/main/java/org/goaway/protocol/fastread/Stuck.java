package org.goaway.protocol.fastread;

import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;

/**
 * The home tells that the round of this version cannot commit in this epoch, so that nobody waits for it.
 *
 * @param lost the member that has left without acknowledging it
 */
public record Stuck(long epoch, ObjectId object, Version version, MemberId lost) implements Fenced {}

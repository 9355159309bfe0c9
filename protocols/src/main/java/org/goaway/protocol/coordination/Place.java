package org.goaway.protocol.coordination;

import org.goaway.protocol.MemberId;

/** A thread's place among those that wait, or have waited, for something. */
public record Place(MemberId member, long number) {}

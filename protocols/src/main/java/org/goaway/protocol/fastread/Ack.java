package org.goaway.protocol.fastread;

import org.goaway.protocol.Fenced;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;

/** A replica has installed the round of this version, or one that came after it (W4). */
public record Ack(long epoch, ObjectId object, Version version) implements Fenced {}

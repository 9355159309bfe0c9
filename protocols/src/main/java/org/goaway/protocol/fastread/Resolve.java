package org.goaway.protocol.fastread;

import org.goaway.protocol.Fenced;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;

/** A replica asks the home what became of a round that has been LOCKED for long (W7). */
public record Resolve(long epoch, ObjectId object, Version version) implements Fenced {}

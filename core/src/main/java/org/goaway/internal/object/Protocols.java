package org.goaway.internal.object;

import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.release.Release;
import org.goaway.protocol.strict.Strict;
import org.goaway.protocol.weak.Weak;

/** A node's protocols that keep shared objects. */
public record Protocols(Strict strict, FastRead fastRead, Weak weak, Release release, Locks locks) {}

package org.goaway.internal.node;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * Who launched {@code member} tells all that its process has ended, or the member itself that it ends, so that nobody waits
 * until it is missed.
 */
record ProcessEnded(MemberId member) implements Message {}

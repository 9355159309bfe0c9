package org.goaway.protocol.membership;

import org.goaway.protocol.Epoch;

/**
 * Command: makes {@code epoch} the cluster's first one unless there is one already. Answered by {@link Founded}, the same
 * for everybody, so every member may send it with the view it saw.
 */
public record Found(Epoch epoch) implements MembershipCommand {}

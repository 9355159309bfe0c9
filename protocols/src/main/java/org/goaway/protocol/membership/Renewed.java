package org.goaway.protocol.membership;

import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** Answer to {@link MembershipCommand.Renew}: what the register holds now, and whose renewal was counted. */
public record Renewed(Agreed agreed, Set<MemberId> granted) implements Message {}

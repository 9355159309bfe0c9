package org.goaway.protocol.strict;

import java.util.List;
import org.goaway.protocol.MemberId;

/** A change and its watchers; the member at which the entry was applied as leader sends it to them. */
public record Notice(List<MemberId> watchers, Changed changed) {}

package org.goaway.protocol.release;

import org.goaway.protocol.Fenced;

/** What members say to each other about the content of release-consistent objects. */
public sealed interface ReleaseMessage extends Fenced
        permits Diff, Fetch, State, Latest, Applied, Confirm, Confirmed, Report, Inventory, Synced {}

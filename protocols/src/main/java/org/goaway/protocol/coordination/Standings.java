package org.goaway.protocol.coordination;

import java.util.List;
import org.goaway.protocol.Message;

/** Answer to {@link CoordinationCommand.Sync}. An open place that is in neither list is not known: its member has left since. */
public record Standings(List<Ended> ended, List<Waits> waiting) implements Message {}

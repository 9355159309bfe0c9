package org.goaway.protocol.strict;

import java.util.List;
import org.goaway.protocol.Message;

/** Answer to {@link StrictCommand.Watch}: the watched fields that are newer than the watcher knew. */
public record News(List<Changed> changes) implements Message {}

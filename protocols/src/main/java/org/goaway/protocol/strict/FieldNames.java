package org.goaway.protocol.strict;

import java.util.Set;
import org.goaway.protocol.Message;

/** Answer to {@link StrictCommand.Fields}. */
public record FieldNames(Set<String> names) implements Message {}

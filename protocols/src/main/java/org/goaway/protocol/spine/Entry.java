package org.goaway.protocol.spine;

import java.util.List;
import org.goaway.protocol.Message;

/** An entry of the log: commands of any clients, applied in this order. */
public record Entry(List<Command> commands) implements Message {}

package org.goaway.protocol.fastread;

import org.goaway.protocol.Message;

/**
 * A message was refused because its epoch is over (C7).
 *
 * @param known the epoch that the refusing member knows
 */
public record Stale(long known) implements Message {}

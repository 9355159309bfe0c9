package org.goaway.protocol.membership;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.Message;

/**
 * Answer to {@link Found}: the epoch that holds.
 *
 * @param epoch null: there is none yet, so that another command could not be applied
 */
public record Founded(Epoch epoch) implements Message {}

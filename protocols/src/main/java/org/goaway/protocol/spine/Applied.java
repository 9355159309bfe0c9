package org.goaway.protocol.spine;

import java.util.List;
import org.goaway.protocol.Message;
import org.goaway.protocol.coordination.Wakeup;
import org.goaway.protocol.strict.Notice;

/**
 * What applying an {@link Entry} gave.
 *
 * @param replies the answers to its commands, those left out that nobody waits for
 * @param notices the changes that watchers are to hear of
 * @param wakeups the waits that ended, which their members are to hear of
 */
public record Applied(List<Reply> replies, List<Notice> notices, List<Wakeup> wakeups) implements Message {}

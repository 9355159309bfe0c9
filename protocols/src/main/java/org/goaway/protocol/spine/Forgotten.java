package org.goaway.protocol.spine;

import org.goaway.protocol.Message;

/**
 * Answer to a command from before its client's last stint ended, or to a late copy of one that was answered: nobody can say
 * any more whether it was applied, and it is not applied from now on.
 */
public record Forgotten() implements Message {}

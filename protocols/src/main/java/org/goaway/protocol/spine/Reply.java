package org.goaway.protocol.spine;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** The answer to one command. */
public record Reply(MemberId client, long sequence, Message answer) {}

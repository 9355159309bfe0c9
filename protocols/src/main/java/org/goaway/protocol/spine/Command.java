package org.goaway.protocol.spine;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * A command on its way to the log.
 *
 * @param client who asks
 * @param sequence numbers the client's commands from 1
 * @param lowest the client's lowest sequence that it still wants an answer to; smaller ones are never applied again
 * @param body what is to be done
 */
public record Command(MemberId client, long sequence, long lowest, Message body) {}

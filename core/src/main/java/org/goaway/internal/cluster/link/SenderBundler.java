package org.goaway.internal.cluster.link;

import org.jgroups.Message;
import org.jgroups.protocols.NoBundler;

/**
 * Sends what has a sender. A channel that has closed has no address any more, but a thread of it may still be busy with a
 * message that came before, and ask for more or confirm it: whoever gets that cannot tell whose it is, and logs an error.
 */
public class SenderBundler extends NoBundler {

    @Override
    public final void send(Message message) throws Exception {
        if (message.getSrc() != null) {
            sendOnward(message);
        }
    }

    /** Sends a message that has a sender. */
    protected void sendOnward(Message message) throws Exception {
        super.send(message);
    }
}

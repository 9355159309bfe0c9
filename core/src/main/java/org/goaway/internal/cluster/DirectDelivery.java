package org.goaway.internal.cluster;

import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SubmitToThreadPool;

/**
 * Passes messages up on the thread that read them from the socket, which saves a thread switch, since nothing above blocks.
 * The exception is group membership: the coordinator waits there for acknowledgements that come on the same connection.
 */
public final class DirectDelivery extends SubmitToThreadPool {

    private static final short GMS_ID = ClassConfigurator.getProtocolId(GMS.class);

    @Override
    public boolean process(Message message, boolean oob) {
        if (message.getHeader(GMS_ID) != null) {
            return super.process(message, oob);
        }
        tp.passMessageUp(message, true, message.getDest() == null, true);
        return true;
    }

    @Override
    public boolean process(MessageBatch batch, boolean oob) {
        for (Message message : batch) {
            if (message.getHeader(GMS_ID) != null) {
                return super.process(batch, oob);
            }
        }
        new BatchHandler(batch, false).run();
        return true;
    }
}

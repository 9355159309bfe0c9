package org.goaway.internal.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.TransferQueueBundler;
import org.jgroups.util.MessageBatch;

/**
 * A member of a bare group on GoAway's stack, but for the bundler, which is JGroups' own: what a burst of tasks sends, without
 * tasks. The first member sends messages as large as a task's envelope to all; the others answer those of their turn with
 * one as large as the end of a task.
 */
public final class BareBurst implements AutoCloseable {

    private static final int ENVELOPE = 120;
    private static final int ANSWER = 32;

    private final JChannel channel;
    private volatile CountDownLatch answers = new CountDownLatch(0);

    /**
     * Joins the group, or founds it.
     *
     * @param port where the first member listens; 0: this is the first
     */
    public BareBurst(String name, int port) throws Exception {
        channel = BareChannel.of("burst", name, port);
        channel.getProtocolStack().getTransport().setBundler(new TransferQueueBundler());
        channel.setReceiver(new Receiver() {
            @Override
            public void receive(Message message) {
                take(message);
            }

            @Override
            public void receive(MessageBatch batch) {
                batch.forEach(BareBurst.this::take);
            }
        });
        channel.connect("burst");
    }

    /** Where it listens. */
    public int port() {
        return BareChannel.port(channel);
    }

    /** Returns when so many members are in the group. */
    public void awaitMembers(int count) throws InterruptedException {
        BareChannel.awaitMembers(channel, count);
    }

    /** Sends so many messages, and returns when all are answered. */
    public void burst(int count) throws Exception {
        answers = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            byte[] envelope = ByteBuffer.allocate(ENVELOPE).putInt(i).array();
            channel.send(new BytesMessage(null, envelope).setFlag(Message.TransientFlag.DONT_LOOPBACK));
        }
        answers.await();
    }

    private void take(Message message) {
        List<org.jgroups.Address> members = channel.getView().getMembers();
        int rank = members.indexOf(channel.getAddress());
        if (rank == 0) {
            answers.countDown();
        } else if (number(message) % (members.size() - 1) == rank - 1) {
            try {
                channel.send(new BytesMessage(message.getSrc(), new byte[ANSWER]));
            } catch (Exception e) {
                throw new IllegalStateException("an answer was not sent", e);
            }
        }
    }

    private static int number(Message message) {
        return ByteBuffer.wrap(message.getArray(), message.getOffset(), message.getLength())
                .getInt();
    }

    @Override
    public void close() {
        channel.close();
    }
}

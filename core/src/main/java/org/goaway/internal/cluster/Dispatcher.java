package org.goaway.internal.cluster;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.link.LinkBundler;
import org.goaway.protocol.MemberId;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.blocks.Response;
import org.jgroups.blocks.ResponseMode;
import org.jgroups.blocks.RpcDispatcher;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.util.UUID;

/**
 * The one dispatcher of a channel. Calls carry raw frames and expect no answer (answers are frames of their own), so no
 * object is ever handed to Java serialization. Calls back on JGroups' threads; what it calls only enqueues.
 */
final class Dispatcher extends RpcDispatcher {

    private static final Logger LOG = LogManager.getLogger(Dispatcher.class);

    private final BiConsumer<MemberId, ByteBuffer> frames;
    /** Null where there are no links, as in process. */
    private final LinkBundler links;
    /** UNICAST3's, whose headers hold the numbers. */
    private final short reliable;

    Dispatcher(JChannel channel, BiConsumer<MemberId, ByteBuffer> frames, Runnable viewChanged) {
        super(channel, null);
        this.frames = frames;
        this.links =
                channel.getProtocolStack().getTransport().getBundler() instanceof LinkBundler bundler ? bundler : null;
        this.reliable = channel.getProtocolStack().findProtocol(UNICAST3.class).getId();
        asyncDispatching(true);
        asyncRspHandling(false);
        setReceiver(new Receiver() {
            @Override
            public void viewAccepted(View view) {
                viewChanged.run();
            }
        });
    }

    static MemberId memberOf(Address address) {
        UUID uuid = (UUID) address;
        return new MemberId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** Equal to the address that the member has, whatever else that carries. */
    static Address addressOf(MemberId member) {
        return new UUID(member.high(), member.low());
    }

    /** This member says that it has got more of what was sent to it. */
    void arrived(Address member) {
        if (links != null) {
            links.arrived(member);
        }
    }

    @Override
    public void handle(Message request, Response response) {
        frames.accept(
                memberOf(request.getSrc()),
                ByteBuffer.wrap(request.getArray(), request.getOffset(), request.getLength()));
    }

    /**
     * Sends a frame; a direct one is exempt from flow control, since its sender keeps within a window of its own. An Error
     * comes out only if the frame has not left: what UNICAST3 has given a number it repeats until it arrives, whatever
     * went wrong below it.
     */
    void send(Address to, byte[] frame, boolean unordered, boolean direct) {
        Message message = new BytesMessage(to, frame);
        if (unordered) {
            message.setFlag(Message.Flag.OOB);
        }
        if (direct) {
            message.setFlag(Message.Flag.NO_FC);
        }
        try {
            if (links == null) {
                sendMessage(message, new RequestOptions(ResponseMode.GET_NONE, 0));
            } else {
                links.sending(
                        direct ? LinkBundler.Way.HERE_IF_SURE : LinkBundler.Way.HERE,
                        () -> sendMessage(message, new RequestOptions(ResponseMode.GET_NONE, 0)));
            }
        } catch (Exception e) {
            LOG.debug("a frame of {} bytes to {} was not sent", frame.length, to, e);
        } catch (Error e) {
            if (message.getHeader(reliable) == null) {
                throw e;
            }
        }
    }
}

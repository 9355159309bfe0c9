package org.goaway.internal.cluster;

import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.blocks.MethodCall;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.blocks.RpcDispatcher;
import org.jgroups.protocols.TransferQueueBundler;

/**
 * A member of a bare group on GoAway's stack, but for the bundler, which is JGroups' own: the peer of a task that does nothing is a
 * call by JGroups' RpcDispatcher of a method that does nothing, by who joined first at who joined last.
 */
public final class BareCall implements AutoCloseable {

    private final JChannel channel;
    private final RpcDispatcher dispatcher;
    private final MethodCall nothing;

    /**
     * Joins the group, or founds it.
     *
     * @param port where the first member listens; 0: this is the first
     */
    public BareCall(String name, int port) throws Exception {
        channel = BareChannel.of("call", name, port);
        channel.getProtocolStack().getTransport().setBundler(new TransferQueueBundler());
        nothing = new MethodCall(Called.class.getMethod("nothing"));
        dispatcher = new RpcDispatcher(channel, new Called());
        channel.connect("call");
    }

    /** Where it listens. */
    public int port() {
        return BareChannel.port(channel);
    }

    /** Returns when so many members are in the group. */
    public void awaitMembers(int count) throws InterruptedException {
        BareChannel.awaitMembers(channel, count);
    }

    /** Calls the last member, and returns when it has answered. */
    public void call() throws Exception {
        Address[] members = channel.getView().getMembersRaw();
        Object unused = dispatcher.callRemoteMethod(members[members.length - 1], nothing, RequestOptions.SYNC());
    }

    @Override
    public void close() throws Exception {
        dispatcher.close();
        channel.close();
    }

    /** What is called. */
    public static final class Called {

        /** Does nothing. */
        public void nothing() {
            // the way there and back is what is measured
        }
    }
}

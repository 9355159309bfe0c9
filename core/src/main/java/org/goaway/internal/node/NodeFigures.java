package org.goaway.internal.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Registration;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.code.Applications;
import org.goaway.internal.metrics.Figure;
import org.goaway.internal.metrics.FigureTable;
import org.goaway.internal.metrics.Jmx;
import org.goaway.internal.metrics.MemberFigures;
import org.goaway.internal.object.SharedObjects;
import org.goaway.internal.task.Tasks;
import org.goaway.protocol.Epoch;

/** What a node tells of itself in numbers, to JMX and to who asks. Any thread, but for what it is told of epochs. */
final class NodeFigures {

    private static final Logger LOG = LogManager.getLogger(NodeFigures.class);

    private final MembershipFigures membership;
    private final MemberFigures all;
    private final Executor callbacks;
    private final CompletableFuture<Registration> beans = new CompletableFuture<>();
    private List<Figure> table;

    private NodeFigures(MembershipFigures membership, MemberFigures all, Executor callbacks) {
        this.membership = membership;
        this.all = all;
        this.callbacks = callbacks;
    }

    /** Those of the parts of a node. */
    static NodeFigures of(
            MembershipFigures membership,
            GroupChannel channel,
            NodeProtocols protocols,
            Tasks tasks,
            SharedObjects objects,
            Applications applications,
            Executor callbacks) {
        MemberFigures all = new MemberFigures(
                membership,
                tasks.figures(),
                objects.figures(protocols.state()::objects, protocols.spine()::rounds),
                channel.transport().figures(),
                applications.figures());
        return new NodeFigures(membership, all, callbacks);
    }

    /** Lets JMX show them, from soon on. JMX takes a third of a second of a processor's time to load. */
    void show() {
        try {
            callbacks.execute(() -> beans.complete(Jmx.register(all)));
        } catch (RejectedExecutionException ending) {
            LOG.debug("{} ends before its figures are shown", membership.getMember(), ending);
        }
    }

    /** Each with its name, always the same list. */
    synchronized List<Figure> table() {
        if (table == null) {
            table = FigureTable.of(all);
        }
        return table;
    }

    /** The node learned of an epoch that has it. On the event loop. */
    void onEpoch(Epoch epoch) {
        membership.onEpoch(epoch);
    }

    /** The cluster goes on without the node. On the event loop. */
    void onOut() {
        membership.onOut();
    }

    /** JMX shows them no longer, not even if it has yet to begin. */
    void close() {
        var unused = beans.thenAccept(Registration::close);
    }
}

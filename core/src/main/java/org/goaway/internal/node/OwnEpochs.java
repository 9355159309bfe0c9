package org.goaway.internal.node;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.goaway.internal.cluster.Parts;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.membership.EpochListener;

/** Tells the parts of a node, beside its protocols, of the epochs that it learns, in their order. On the event loop. */
final class OwnEpochs implements EpochListener {

    private final Consumer<Epoch> out;
    private final Parts<Consumer<Epoch>> learners;

    /**
     * @param node its name
     * @param out told of an epoch without this member
     */
    OwnEpochs(Supplier<String> node, Consumer<Epoch> out) {
        this.learners = new Parts<>(node);
        this.out = out;
    }

    /** Parts that are to learn, after those added before; to be called before the node opens. */
    void learners(List<Consumer<Epoch>> parts) {
        parts.forEach(learners::add);
    }

    @Override
    public void learned(Epoch epoch) {
        // One that fails keeps no message that was held for the epoch from what it is for, either.
        learners.tell("epoch " + epoch.number(), learner -> learner.accept(epoch));
    }

    @Override
    public void outOf(Epoch epoch) {
        out.accept(epoch);
    }
}

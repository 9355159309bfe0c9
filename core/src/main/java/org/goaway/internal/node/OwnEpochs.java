package org.goaway.internal.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.membership.EpochListener;

/** Tells the parts of a node, beside its protocols, of the epochs that it learns, in their order. On the event loop. */
final class OwnEpochs implements EpochListener {

    private static final Logger LOG = LogManager.getLogger(OwnEpochs.class);

    private final Supplier<String> name;
    private final Consumer<Epoch> out;
    private final List<Consumer<Epoch>> learners = new CopyOnWriteArrayList<>();

    /**
     * @param name the node's
     * @param out told of an epoch without this member
     */
    OwnEpochs(Supplier<String> name, Consumer<Epoch> out) {
        this.name = name;
        this.out = out;
    }

    /** Parts that are to learn, after those added before; to be called before the node opens. */
    void learners(List<Consumer<Epoch>> parts) {
        learners.addAll(parts);
    }

    @Override
    public void learned(Epoch epoch) {
        for (Consumer<Epoch> learner : learners) {
            learn(learner, epoch);
        }
    }

    /** One that fails, as when memory has run out, keeps no other from it, and no message that was held for the epoch. */
    private void learn(Consumer<Epoch> learner, Epoch epoch) {
        try {
            learner.accept(epoch);
        } catch (Throwable e) {
            LOG.error("{}: a part of the node could not learn epoch {}", name.get(), epoch.number(), e);
        }
    }

    @Override
    public void outOf(Epoch epoch) {
        out.accept(epoch);
    }
}

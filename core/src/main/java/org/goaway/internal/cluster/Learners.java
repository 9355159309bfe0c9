package org.goaway.internal.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Parts of a node that learn of the same things, one after the other in the order in which they were added. One that fails, as
 * when memory has run out, keeps no other from learning. Any thread may add; one at a time tells.
 */
public final class Learners<T> {

    private static final Logger LOG = LogManager.getLogger(Learners.class);

    private final List<T> parts = new CopyOnWriteArrayList<>();

    public void add(T part) {
        parts.add(part);
    }

    /**
     * Tells all of them.
     *
     * @param what the news is of, for the log
     */
    public void tell(Object what, Consumer<T> news) {
        for (T part : parts) {
            try {
                news.accept(part);
            } catch (Throwable e) {
                failed(what, e);
            }
        }
    }

    private static void failed(Object what, Throwable failure) {
        try {
            LOG.error("a part of the node could not learn of {}; the others have", what, failure);
        } catch (Throwable silenced) {
            // Where there is no memory to say so the others are told, too.
        }
    }
}

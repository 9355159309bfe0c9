package org.goaway.internal.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The parts of a node that learn of the same things, one after the other in the order in which they were added. One that fails,
 * as when memory has run out, keeps no other from learning. Any thread may add; one at a time tells.
 */
public final class Parts<T> {

    private static final Logger LOG = LogManager.getLogger(Parts.class);

    private final Supplier<String> node;
    private final List<T> parts = new CopyOnWriteArrayList<>();

    /** @param node its name, for the log */
    public Parts(Supplier<String> node) {
        this.node = node;
    }

    public void add(T part) {
        parts.add(part);
    }

    /**
     * Tells all of them.
     *
     * @param what the news is of, for the log
     */
    public void tell(String what, Consumer<T> news) {
        for (T part : parts) {
            try {
                news.accept(part);
            } catch (Throwable e) {
                SafeLog.error(LOG, "{}: a part of the node could not learn of {}; the others do", node.get(), what, e);
            }
        }
    }
}

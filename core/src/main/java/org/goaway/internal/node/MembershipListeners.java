package org.goaway.internal.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.MembershipEvent;
import org.goaway.Registration;
import org.goaway.internal.code.Application;
import org.goaway.protocol.MemberId;

/** The programs' listeners for who comes and goes, each dropped when its program ends. Safe for any thread. */
final class MembershipListeners {

    private static final Logger LOG = LogManager.getLogger(MembershipListeners.class);

    private final List<Listener> all = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Equal only to itself: each has its own registration. */
    private static final class Listener {
        private final Application application;
        private final Consumer<MembershipEvent> action;
        private volatile boolean closed;

        private Listener(Application application, Consumer<MembershipEvent> action) {
            this.application = application;
            this.action = action;
        }
    }

    /**
     * Tells {@code action} until its registration is closed.
     *
     * @throws ClusterClosedException if the program has ended
     */
    Registration add(Application application, Consumer<MembershipEvent> action) {
        Listener added = new Listener(application, action);
        all.add(added);
        try {
            application.refuseEnded(); // after it is entered: who forgets ended programs may have been here before
        } catch (ClusterClosedException ended) {
            remove(added);
            throw ended;
        }
        return () -> remove(added);
    }

    private void remove(Listener listener) {
        listener.closed = true; // it may be among those that are being told
        all.remove(listener);
    }

    /** Drops the listeners of the programs that {@code origin} started. */
    void forget(MemberId origin) {
        for (Listener listener : all) {
            if (listener.application.version().origin().equals(origin)) {
                remove(listener);
            }
        }
    }

    /** From now on listeners may fail since their cluster is being closed. */
    void close() {
        closed = true;
    }

    /** Runs the listeners, on this thread. */
    void tell(MembershipEvent event) {
        for (Listener listener : all) {
            if (listener.closed) {
                continue;
            }
            try {
                listener.action.accept(event);
            } catch (Throwable e) { // code of a program
                // It may have been in the midst of a call of the cluster when that was closed.
                LOG.log(
                        closed ? Level.DEBUG : Level.WARN,
                        "a membership listener failed on {}; it stays registered",
                        event,
                        e);
            }
        }
    }
}

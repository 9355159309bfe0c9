package org.goaway.internal.cluster.link;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jgroups.util.DefaultThreadFactory;

/**
 * Makes threads that take over nothing of the one that asks for them. That may be a task's, whose send connects to a member;
 * what reads from the connection would keep the task's classes for as long as the link lives: by its class loader, by
 * inheritable thread locals, and up to Java 23 by the protection domains of all code that was on the stack.
 */
final class LinkThreads extends DefaultThreadFactory {

    /** For a transport, whose threads are named and are no daemons as those that JGroups makes itself. */
    LinkThreads() {
        super("jgroups", false, true);
    }

    @Override
    protected Thread newThread(Runnable work, String name, String address, String cluster) {
        String shown = getThreadName(name, address, cluster);
        return made(work, shown == null ? name : shown, createDaemons);
    }

    /** A thread that keeps no process alive. */
    static Thread daemon(Runnable work, String name) {
        return made(work, name, true);
    }

    @SuppressWarnings("removal") // there is no other way as long as Java 17 is supported
    private static Thread made(Runnable work, String name, boolean daemon) {
        Thread thread =
                AccessController.doPrivileged((PrivilegedAction<Thread>) () -> new Thread(null, work, name, 0, false));
        thread.setContextClassLoader(LinkThreads.class.getClassLoader());
        thread.setDaemon(daemon);
        return thread;
    }
}

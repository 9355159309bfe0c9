package org.goaway.internal.task;

import java.util.function.Consumer;
import org.goaway.internal.code.Applications;
import org.goaway.internal.output.Forwarder;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/**
 * What a task needs of the member that runs it.
 *
 * @param self the member
 * @param tell tells a task's spawner how it ended
 * @param forwarder null: what tasks print is left to the process's streams
 * @param started told when its thread has entered it
 * @param ended told when its thread is free, or when it never ran; its report may have failed
 * @param figures counts its start and its end
 * @param limit how large its result may be
 */
record Place(
        MemberId self,
        Transport transport,
        Tell tell,
        Applications applications,
        Forwarder forwarder,
        Slots slots,
        TaskHost host,
        Consumer<RunningTask> started,
        Consumer<RunningTask> ended,
        TaskFigures figures,
        SizeLimit limit) {

    /** Tells a task's spawner how it ended. Any thread. */
    @FunctionalInterface
    interface Tell {

        /**
         * Called once, and again only if it throws, as when there is no memory for it.
         *
         * @param result null: it never started
         * @param leaving whether its member is leaving
         */
        void ended(RunningTask task, Result result, boolean leaving);
    }
}

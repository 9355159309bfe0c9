package org.goaway.internal.task;

import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterClosedException;
import org.goaway.Member;
import org.goaway.internal.code.Application;
import org.goaway.protocol.MemberId;

/** What tasks need of their node. Called by any thread; must not block. */
public interface TaskHost {

    /** Who is in the cluster now. */
    Present present();

    /** The members in the cluster now, always in the same order; the same list until that changes. */
    default List<TaskMember> members() {
        return present().members();
    }

    /** The member of this id, also one that has left. */
    Member member(MemberId id);

    /**
     * The cluster as tasks of this application see it through this node.
     *
     * @throws ClusterClosedException if the application's program has ended
     */
    Cluster cluster(Application application);

    /** A task ended; what {@code thread} held for it is released. Called on that thread, before the result leaves. */
    void taskEnded(Thread thread);

    /**
     * The members at one moment.
     *
     * @param members those in view
     * @param away those out of view of which it is not agreed that they have left
     */
    record Present(List<TaskMember> members, List<TaskMember> away) {}

    /**
     * A member as placement sees it.
     *
     * @param processors how many it has
     * @param slots how many tasks it runs at a time
     * @param runsTasks whether it gets tasks that are not bound to it
     */
    record TaskMember(MemberId id, Member member, int processors, int slots, boolean runsTasks) {

        public TaskMember {
            if (processors < 1 || slots < 1) {
                throw new IllegalArgumentException(
                        member.name() + " has " + processors + " processors, " + slots + " slots");
            }
        }
    }
}

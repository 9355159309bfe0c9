package org.goaway.protocol.lock;

import java.util.List;
import org.goaway.protocol.ObjectId;

/**
 * To each home, on learning an epoch: what I hold of the locks that live at you (H1). One message for all of them, since the
 * home waits for every member's; repeated until {@link Reported}.
 */
public record Report(long epoch, List<Hold> holds) implements LockMessage {

    public Report {
        holds = List.copyOf(holds);
    }

    /**
     * A hold that has not ended.
     *
     * @param token the fencing token, of an earlier epoch
     * @param request the number of the request that led to it
     * @param holder who holds, for those who will wait behind it
     */
    public record Hold(ObjectId lock, long token, long request, String holder) {}
}

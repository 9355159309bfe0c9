package org.goaway.protocol;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The cluster's one agreed log, as the protocols see Raft. An entry that was appended is applied to the
 * {@link ReplicatedState} of every voter, in the same order everywhere.
 */
public interface ReplicatedLog {

    /** The member that leads now as far as this one knows. A hint: {@link #append} decides. */
    Optional<MemberId> leader();

    /**
     * Appends at this member, which must lead; called on the event loop, never blocks. The future is completed on the
     * loop with what {@link ReplicatedState#apply} returned at this member once the entry was committed and applied; or
     * exceptionally when this member does not lead or stops leading (it may still be applied then); or never. The caller
     * bounds its wait, and repeats with something that the state recognises.
     */
    CompletableFuture<Message> append(Message entry);
}

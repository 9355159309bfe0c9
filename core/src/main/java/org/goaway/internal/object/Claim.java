package org.goaway.internal.object;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.lock.Ticket;
import org.goaway.protocol.release.Entering;
import org.goaway.protocol.release.Release;
import org.goaway.protocol.release.Section;

/** A request for something exclusive. Made and used on the event loop; {@link #heldBy} from any thread. */
interface Claim {

    /** The fencing token, once the claim is granted. */
    CompletableFuture<Long> token();

    /** Completed when the home has said that somebody else is first. */
    CompletableFuture<Void> queued();

    /** Who has it now as far as known, in words. */
    Optional<String> heldBy();

    /** Ends a claim that its thread no longer waits for, granted or not. */
    void giveUp();

    /** For a plain lock. */
    record ForLock(Locks locks, Ticket ticket) implements Claim {
        @Override
        public CompletableFuture<Long> token() {
            return ticket.token();
        }

        @Override
        public CompletableFuture<Void> queued() {
            return ticket.queued();
        }

        @Override
        public Optional<String> heldBy() {
            return ticket.heldBy();
        }

        @Override
        public void giveUp() {
            locks.cancel(ticket);
            if (granted(ticket.token())) {
                locks.release(ticket.lock(), ticket.token().join());
            }
        }
    }

    /** For a section of an UpdateOnRelease object. */
    record ForSection(Release release, Entering entering) implements Claim {
        @Override
        public CompletableFuture<Long> token() {
            return entering.section().thenApply(Section::token);
        }

        @Override
        public CompletableFuture<Void> queued() {
            return entering.queued();
        }

        @Override
        public Optional<String> heldBy() {
            return entering.heldBy();
        }

        @Override
        public void giveUp() {
            release.cancel(entering);
            if (granted(entering.section())) {
                release.release(entering.object(), entering.section().join().token(), java.util.Map.of());
            }
        }
    }

    private static boolean granted(CompletableFuture<?> token) {
        return token.isDone() && !token.isCompletedExceptionally();
    }
}

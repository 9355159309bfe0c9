package org.goaway.protocol.release;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.lock.Ticket;

/** A request to enter a section, from asking until entered, refused or cancelled. */
public final class Entering {

    private final CompletableFuture<Section> section = new CompletableFuture<>();
    private final Ticket ticket;

    Entering(Ticket ticket) {
        this.ticket = ticket;
    }

    /**
     * The section, once it is entered. Fails with a {@link ProtocolException} when it cannot be had in this epoch; is
     * cancelled by {@link Release#cancel}. Not to be completed by others.
     */
    public CompletableFuture<Section> section() {
        return section;
    }

    /** The object asked for. */
    public ObjectId object() {
        return ticket.lock();
    }

    /** Completed when the home has said that the request has to wait; never if it is granted or refused at once. */
    public CompletableFuture<Void> queued() {
        return ticket.queued();
    }

    /** Who was in a section when the home last said so. Empty: not known, or nobody. Readable from any thread. */
    public Optional<String> heldBy() {
        return ticket.heldBy();
    }

    Ticket ticket() {
        return ticket;
    }

    long token() {
        return ticket.token().join(); // only asked once it is granted
    }

    long base() {
        return ticket.base();
    }
}

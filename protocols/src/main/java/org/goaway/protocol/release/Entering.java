package org.goaway.protocol.release;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.lock.Ticket;

/** A request to enter a section, from asking until entered, refused or cancelled. */
public final class Entering {

    private final CompletableFuture<Section> section = new CompletableFuture<>();
    private final CompletableFuture<Void> queued = new CompletableFuture<>();
    private final ObjectId object;
    private final String holder;
    private volatile Ticket ticket;

    Entering(ObjectId object, String holder) {
        this.object = object;
        this.holder = holder;
    }

    /**
     * The section, once it is entered. Fails with a {@link ProtocolException} when its lock cannot be had; is
     * cancelled by {@link Release#cancel}. Not to be completed by others.
     */
    public CompletableFuture<Section> section() {
        return section;
    }

    /** The object asked for. */
    public ObjectId object() {
        return object;
    }

    /** Completed when the home has said that the request has to wait for one in a section; never if it is granted at once. */
    public CompletableFuture<Void> queued() {
        return queued;
    }

    /** Who was in a section when the home last said so. Empty: not known, or nobody. Readable from any thread. */
    public Optional<String> heldBy() {
        return ticket.heldBy();
    }

    String holder() {
        return holder;
    }

    /** The request that it waits for now: another one after a grant that an epoch's end made void. */
    void follow(Ticket asked) {
        ticket = asked;
        var unused = asked.queued().thenRun(() -> queued.complete(null));
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

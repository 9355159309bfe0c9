package org.goaway.protocol.weak;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;

/** A batch that somebody has not acknowledged. Belongs to the loop. */
final class Batch {

    private Sets message;
    /** Those that are to acknowledge it and have not. */
    final Set<MemberId> missing;
    /** Completed when nobody is missing any more. */
    final CompletableFuture<Void> installed = new CompletableFuture<>();

    final long bytes;
    /** The place of the first field in it that waited; 0: it was offered to one member. */
    final long first;

    private final Set<ObjectId> objects = new HashSet<>();
    private long sent;
    private long patience;

    Batch(Sets message, Set<MemberId> missing, long bytes, long first, long now, long patience) {
        this.message = message;
        this.missing = new TreeSet<>(missing);
        this.bytes = bytes;
        this.first = first;
        this.sent = now;
        this.patience = patience;
        ObjectId last = null;
        for (FieldSet set : message.sets()) {
            if (!set.object().equals(last)) {
                last = set.object();
                objects.add(last);
            }
        }
    }

    Sets message() {
        return message;
    }

    /** The same fields were read anew: that is what is sent from now on. */
    void readAnew(Sets again) {
        message = again;
    }

    boolean isAbout(ObjectId object) {
        return objects.contains(object);
    }

    /** Whether it is time to repeat it; if so, the next time comes after twice as long, or {@code most}. */
    boolean due(long now, long most) {
        if (now - sent < patience) {
            return false;
        }
        sent = now;
        patience = Math.max(patience, Math.min(2 * patience, most));
        return true;
    }

    /** Who is missing would have acknowledged it if it was last sent at {@code time} or before: waits no longer than this then. */
    void hasten(long time, long now, long longest) {
        if (sent - time <= 0 && sent + patience - now > longest) {
            sent = now;
            patience = longest;
        }
    }
}

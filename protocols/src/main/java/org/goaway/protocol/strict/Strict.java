package org.goaway.protocol.strict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Version;
import org.goaway.protocol.strict.StrictState.FieldKey;

/**
 * A member's side of the strict store. All operations are called on the event loop and answered on it. One writer: the
 * event loop.
 */
public final class Strict implements Protocol {

    /** How long a lost notification may stay unnoticed. */
    private static final long REPAIR_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final Function<Message, CompletableFuture<Message>> spine;
    private final Changes changes;
    private final Map<FieldKey, Seen> watched = new HashMap<>();
    private boolean asking;
    private long askedAt;

    /**
     * @param spine submits a command to the replicated log and gives its answer
     * @param changes told of every change of a watched field
     */
    public Strict(Clock clock, Function<Message, CompletableFuture<Message>> spine, Changes changes) {
        this.clock = clock;
        this.spine = spine;
        this.changes = changes;
        this.askedAt = clock.nanos();
    }

    /** Applies {@code operation} to {@code object}. */
    public CompletableFuture<Answer> operate(ObjectId object, Operation operation) {
        return operate(object, operation, null);
    }

    /**
     * Applies {@code operation} to {@code object}, unless the object has seen a higher token of the fence's lock: then the
     * answer is {@link Answer.Result#STALE_TOKEN}.
     *
     * @param fence null: none
     */
    public CompletableFuture<Answer> operate(ObjectId object, Operation operation, Fence fence) {
        return answer(spine.apply(new StrictCommand.Operate(object, operation, fence)));
    }

    /** Reads {@code field}: the answer's version and value are the current ones. */
    public CompletableFuture<Answer> get(ObjectId object, String field) {
        return answer(spine.apply(new StrictCommand.Get(object, field)));
    }

    /** The same future: one more for each call would be most of what a call costs here. */
    @SuppressWarnings("unchecked") // these commands are answered so, or the future fails
    private static CompletableFuture<Answer> answer(CompletableFuture<? extends Message> future) {
        return (CompletableFuture<Answer>) future;
    }

    /** The names of the fields that are set. */
    public CompletableFuture<Set<String>> fields(ObjectId object) {
        return spine.apply(new StrictCommand.Fields(object)).thenApply(answer -> ((FieldNames) answer).names());
    }

    /**
     * Has the changes of {@code field} told from now on, values in between left out. The future ends when the watch
     * holds; what the field is then is no change. While this member is out of the epoch the log tells it of changes only
     * when it asks, about once a second.
     */
    public CompletableFuture<Void> watch(ObjectId object, String field) {
        FieldKey key = new FieldKey(object, field);
        Seen seen = watched.computeIfAbsent(key, absent -> Seen.NOTHING);
        return ask(List.of(new WatchedField(object, field, seen.version())));
    }

    /** Ends the watch of {@code field} at this member. */
    public void unwatch(ObjectId object, String field) {
        if (watched.remove(new FieldKey(object, field)) != null) {
            // One that gets lost costs a few messages that nobody listens to.
            var unused = spine.apply(new StrictCommand.Unwatch(object, field));
        }
    }

    private CompletableFuture<Void> ask(List<WatchedField> fields) {
        return spine.apply(new StrictCommand.Watch(fields))
                .thenAccept(answer -> ((News) answer).changes().forEach(this::onNews));
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (!(message instanceof Changed changed)) {
            throw new IllegalArgumentException("not a message of the strict store: " + message);
        }
        onChanged(changed);
    }

    private void onNews(Changed changed) {
        FieldKey key = new FieldKey(changed.object(), changed.field());
        // Null: the watch has ended since it was asked for.
        if (Seen.NOTHING.equals(watched.get(key))) {
            watched.put(key, Seen.of(changed));
        } else {
            onChanged(changed);
        }
    }

    private void onChanged(Changed changed) {
        FieldKey key = new FieldKey(changed.object(), changed.field());
        Seen seen = watched.get(key);
        if (seen == null || changed.version().compareTo(seen.version()) <= 0) {
            return;
        }
        watched.put(key, Seen.of(changed));
        boolean stillAbsent = changed.value() == null && !seen.present() && !seen.equals(Seen.NOTHING);
        if (!stillAbsent) {
            changes.changed(changed.object(), changed.field(), changed.value());
        }
    }

    @Override
    public void onTick(long nanos) {
        if (!watched.isEmpty() && !asking && nanos - askedAt >= REPAIR_NANOS) {
            askedAt = nanos;
            asking = true;
            List<WatchedField> fields = new ArrayList<>();
            watched.forEach((key, seen) -> fields.add(new WatchedField(key.object(), key.field(), seen.version())));
            var unused = ask(fields).whenComplete((done, failure) -> {
                asking = false;
                askedAt = clock.nanos();
            });
        }
    }

    @Override
    public void onEpoch(Epoch epoch) {
        // The log orders the strict store's commands, whoever is a member.
    }

    @Override
    public void onGone(MemberId member) {
        // The spine finds the next leader.
    }

    /** The newest that is known of a watched field. */
    private record Seen(Version version, boolean present) {

        /** Not even what the field was when the watch began. */
        static final Seen NOTHING = new Seen(Version.NONE, false);

        static Seen of(Changed changed) {
            return new Seen(changed.version(), changed.value() != null);
        }
    }
}

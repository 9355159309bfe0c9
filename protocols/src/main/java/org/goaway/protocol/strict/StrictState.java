package org.goaway.protocol.strict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.goaway.protocol.Answer;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/**
 * The replicated state of the strict store: objects, their fields, and who watches them.
 *
 * <p>Versions count the changes of the whole store; their epoch part is always 1 since the log, not the epoch, orders
 * them. A removed field is forgotten: a condition on "absent" holds again, which is what an absent field means. One
 * writer: whoever applies the log.
 */
public final class StrictState {

    private final Map<ObjectId, Map<String, Entry>> objects = new LinkedHashMap<>();
    private final Watches watches = new Watches();
    private final Fences fences;
    private final Steps steps;
    private final Set<FieldKey> touched = new LinkedHashSet<>();
    private long count;

    public StrictState(Numbers numbers) {
        this(numbers, new Fences());
    }

    StrictState(Numbers numbers, Fences fences) {
        this.steps = new Steps(numbers);
        this.fences = fences;
    }

    /** How many objects there are. */
    public int size() {
        return objects.size();
    }

    /** Applies {@code command} of {@code client} and returns the answer. */
    public Message apply(MemberId client, StrictCommand command) {
        if (command instanceof StrictCommand.Operate operate) {
            return operate(operate);
        } else if (command instanceof StrictCommand.Get get) {
            Entry entry = entry(new FieldKey(get.object(), get.field()));
            return new Answer(Answer.Result.DONE, entry.version(), entry.value());
        } else if (command instanceof StrictCommand.Fields fields) {
            return new FieldNames(new LinkedHashSet<>(
                    objects.getOrDefault(fields.object(), Map.of()).keySet()));
        } else if (command instanceof StrictCommand.Watch watch) {
            return watch(client, watch);
        } else if (command instanceof StrictCommand.Unwatch unwatch) {
            watches.remove(new FieldKey(unwatch.object(), unwatch.field()), client);
            return new News(List.of());
        }
        throw new IllegalArgumentException("unknown command " + command);
    }

    private Answer operate(StrictCommand.Operate operate) {
        long highest = fences.pass(operate.object(), operate.fence());
        if (highest > 0) {
            return new Answer(Answer.Result.STALE_TOKEN, new Version(1, highest), null);
        }
        return operate.operation() instanceof Operation.Clear
                ? clear(operate.object())
                : operate(operate.object(), operate.operation());
    }

    private Answer operate(ObjectId object, Operation operation) {
        FieldKey key = new FieldKey(object, operation.field());
        Entry before = entry(key);
        Steps.Step step = steps.apply(before, operation);
        if (step.result() != Answer.Result.DONE) {
            return new Answer(step.result(), before.version(), before.value());
        }
        Version version = nextVersion();
        put(key, new Entry(version, step.next()));
        if (!watches.isEmpty()) { // one who begins to watch later is told the field's state by the answer
            touched.add(key);
        }
        boolean clientKnows = operation instanceof Operation.Set;
        return new Answer(Answer.Result.DONE, version, clientKnows ? null : step.next());
    }

    private Answer clear(ObjectId object) {
        Version version = nextVersion();
        Map<String, Entry> removed = objects.remove(object);
        if (removed != null) {
            removed.keySet().forEach(field -> touched.add(new FieldKey(object, field)));
        }
        return new Answer(Answer.Result.DONE, version, null);
    }

    private News watch(MemberId client, StrictCommand.Watch watch) {
        watch.fields().forEach(watched -> watches.add(new FieldKey(watched.object(), watched.field()), client));
        return news(watch);
    }

    /** The answer to {@code watch}, for one who does not become a watcher. */
    public News news(StrictCommand.Watch watch) {
        List<Changed> newer = new ArrayList<>();
        for (WatchedField watched : watch.fields()) {
            Changed now = now(new FieldKey(watched.object(), watched.field()));
            if (now.version().compareTo(watched.known()) > 0) {
                newer.add(now);
            }
        }
        return new News(newer);
    }

    /** These members have left: they watch nothing any more. */
    public void onLeft(Set<MemberId> left) {
        watches.removeAll(left);
    }

    /** The changes since the last call that somebody watches; only the last one of each field. */
    public List<Notice> takeNotices() {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<Notice> notices = new ArrayList<>();
        for (FieldKey key : touched) {
            List<MemberId> watchers = watches.of(key);
            if (!watchers.isEmpty()) {
                notices.add(new Notice(watchers, now(key)));
            }
        }
        touched.clear();
        return notices;
    }

    /** What holds now. An absent field has no version of its own: it is absent as of the last change of anything. */
    private Changed now(FieldKey key) {
        Entry entry = entry(key);
        Version version = entry.value() == null ? new Version(1, count) : entry.version();
        return new Changed(key.object(), key.field(), version, entry.value());
    }

    private Version nextVersion() {
        count++;
        return new Version(1, count);
    }

    private Entry entry(FieldKey key) {
        return objects.getOrDefault(key.object(), Map.of()).getOrDefault(key.field(), Entry.ABSENT);
    }

    private void put(FieldKey key, Entry entry) {
        if (entry.value() != null) {
            objects.computeIfAbsent(key.object(), object -> new LinkedHashMap<>())
                    .put(key.field(), entry);
            return;
        }
        objects.computeIfPresent(key.object(), (object, fields) -> {
            fields.remove(key.field());
            return fields.isEmpty() ? null : fields;
        });
    }

    /** Hands out the whole state. */
    public void writeTo(Consumer<? super StrictPiece> pieces) {
        pieces.accept(new StrictPiece.Count(count));
        objects.forEach((object, fields) -> fields.forEach(
                (field, entry) -> pieces.accept(new StrictPiece.Field(object, field, entry.version(), entry.value()))));
        fences.forEach((object, highest) -> pieces.accept(new StrictPiece.Token(object, highest)));
        watches.forEach((key, member) -> pieces.accept(new StrictPiece.Watcher(key.object(), key.field(), member)));
    }

    /** Forgets everything, before {@link #read} is given another state's pieces. */
    public void reset() {
        objects.clear();
        watches.clear();
        fences.clear();
        touched.clear();
        count = 0;
    }

    /** Takes one piece of another state in. */
    public void read(StrictPiece piece) {
        if (piece instanceof StrictPiece.Count counted) {
            count = counted.count();
        } else if (piece instanceof StrictPiece.Field field) {
            put(new FieldKey(field.object(), field.field()), new Entry(field.version(), field.value()));
        } else if (piece instanceof StrictPiece.Token token) {
            fences.pass(token.object(), token.highest());
        } else if (piece instanceof StrictPiece.Watcher watcher) {
            watches.add(new FieldKey(watcher.object(), watcher.field()), watcher.member());
        }
    }

    /** A field's version and value; null: absent. */
    record Entry(Version version, Value value) {
        static final Entry ABSENT = new Entry(Version.NONE, null);
    }

    /** Names a field. */
    record FieldKey(ObjectId object, String field) {}
}

package org.goaway.protocol.spine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;

/**
 * The leader's side: packs commands into entries of the log, several under way at once. An entry costs about the same
 * whatever is in it, so one more goes out only when as many commands wait as are under way: few callers get an entry each
 * at once, and the busier the log the better it packs. One writer: the event loop.
 */
final class Proposer {

    private static final int MAX_ENTRIES_UNDER_WAY = 4;
    private static final int MAX_COMMANDS = 1_000;
    static final long MAX_BYTES = 1 << 20;

    /** An entry's slot is given up after this long, later where much is under way: the log may never answer, and clients repeat. */
    private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ReplicatedLog log;
    private final Clock clock;
    private final Consumer<Applied> applied;
    private final Consumer<List<Command>> failed;
    private final ArrayDeque<Command> queue = new ArrayDeque<>();
    private final Set<Key> held = new HashSet<>();
    private final Set<Slot> slots = new LinkedHashSet<>();
    private final LongAdder entries = new LongAdder();
    private int commandsUnderWay;
    private long bytesUnderWay;

    /** {@code failed} gets the commands that the log did not take, or may have. */
    Proposer(ReplicatedLog log, Clock clock, Consumer<Applied> applied, Consumer<List<Command>> failed) {
        this.log = log;
        this.clock = clock;
        this.applied = applied;
        this.failed = failed;
    }

    /** How many entries it has appended, those included that the log has not taken. Any thread. */
    long entries() {
        return entries.sum();
    }

    /** Queues the commands that are not queued or under way already. */
    void add(List<Command> commands) {
        for (Command command : commands) {
            if (held.add(Key.of(command))) {
                queue.add(command);
            }
        }
    }

    /** Appends what is queued as far as there are free slots and it is worth an entry. */
    void flush() {
        while (isDue()) {
            Slot slot = pack();
            slots.add(slot);
            entries.increment();
            commandsUnderWay += slot.commands.size();
            bytesUnderWay += slot.bytes;
            var unused =
                    log.append(new Entry(slot.commands)).whenComplete((answer, failure) -> onAppended(slot, answer));
        }
    }

    private boolean isDue() {
        int enough = Math.min(MAX_COMMANDS, Math.max(1, commandsUnderWay));
        return queue.size() >= enough && slots.size() < MAX_ENTRIES_UNDER_WAY;
    }

    private Slot pack() {
        List<Command> pack = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && pack.size() < MAX_COMMANDS) {
            long weight = Weight.of(queue.peek().body());
            if (bytes + weight > MAX_BYTES && !pack.isEmpty()) {
                break;
            }
            pack.add(queue.remove());
            bytes += weight;
        }
        return new Slot(pack, bytes, clock.nanos());
    }

    /** After a failure the commands may be applied or not; their clients repeat them. */
    private void onAppended(Slot slot, Message answer) {
        giveUp(slot);
        // Before the answers, which wake many threads: the log works on the next entry meanwhile.
        flush();
        if (answer instanceof Applied results) {
            applied.accept(results);
        } else if (answer == null) {
            failed.accept(slot.commands);
        }
    }

    private void giveUp(Slot slot) {
        if (slots.remove(slot)) {
            commandsUnderWay -= slot.commands.size();
            bytesUnderWay -= slot.bytes;
            slot.commands.forEach(command -> held.remove(Key.of(command)));
        }
    }

    void onTick(long nanos) {
        long patience = SLOT_NANOS + Weight.nanos(bytesUnderWay);
        List<Slot> old =
                slots.stream().filter(slot -> nanos - slot.since >= patience).toList();
        old.forEach(this::giveUp);
        flush();
    }

    /** This member does not lead any more: the queue goes to whoever does, by the clients' repeating. */
    void stop() {
        if (!queue.isEmpty()) {
            List<Command> left = List.copyOf(queue);
            queue.clear();
            left.forEach(command -> held.remove(Key.of(command)));
            failed.accept(left);
        }
    }

    private record Key(MemberId client, long sequence) {
        static Key of(Command command) {
            return new Key(command.client(), command.sequence());
        }
    }

    /** Compared by identity. */
    private static final class Slot {
        private final List<Command> commands;
        private final long bytes;
        private final long since;

        Slot(List<Command> commands, long bytes, long since) {
            this.commands = commands;
            this.bytes = bytes;
            this.since = since;
        }
    }
}

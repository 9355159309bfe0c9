package org.goaway.internal.cluster.raft;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.goaway.protocol.MemberId;
import org.jgroups.Address;
import org.jgroups.protocols.raft.InternalCommand;
import org.jgroups.protocols.raft.Log;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.util.Bits;

/**
 * Raft's log in memory: the entries after {@code base}, of which only the term is kept. (jgroups-raft's own in-memory log
 * cannot go on after a snapshot, and keeps its logs in a static map.) One writer: Raft's thread.
 */
final class MemoryLog implements Log {

    /** A change of who votes. */
    record Change(boolean adds, MemberId member) {
        void applyTo(List<MemberId> voters) {
            voters.remove(member);
            if (adds) {
                voters.add(member);
            }
        }
    }

    private TreeMap<Long, Change> changes = new TreeMap<>();
    private LogEntry[] ring = new LogEntry[1024];
    private long base;
    private long baseTerm;
    private long last;
    private long committed;
    private long bytes;
    private int changesSeen;
    private long term;
    private Address votedFor;

    /** The last entry that is gone; the state holds all up to it. */
    long base() {
        return base;
    }

    /** The term of an entry; {@code index} is not below {@link #base()} nor above the last one. */
    long termOf(long index) {
        return index == base ? baseTerm : get(index).term();
    }

    /** Drops the oldest entries until at most {@code most} bytes are left, but none after {@code upTo}. */
    void trim(long most, long upTo) {
        while (bytes > most && base < Math.min(upTo, committed)) {
            dropFirst();
        }
    }

    /** The changes of the voters that are not committed. */
    NavigableMap<Long, Change> openChanges() {
        return changes.tailMap(committed, false);
    }

    /** Rises whenever who votes may be another than before. */
    int changesSeen() {
        return changesSeen;
    }

    private int slot(long index) {
        return (int) (index & ring.length - 1);
    }

    private void dropFirst() {
        LogEntry dropped = ring[slot(base + 1)];
        ring[slot(base + 1)] = null;
        bytes -= dropped.length();
        baseTerm = dropped.term();
        base++;
        changes.headMap(base, true).clear();
    }

    private void growTo(long entries) {
        int length = ring.length;
        while (length < entries) {
            length *= 2;
        }
        if (length == ring.length) {
            return;
        }
        LogEntry[] larger = new LogEntry[length];
        for (long index = base + 1; index <= last; index++) {
            larger[(int) (index & larger.length - 1)] = ring[slot(index)];
        }
        ring = larger;
    }

    /** All or, where it throws, none: whoever calls believes that it has as many entries as before then. */
    @Override
    public long append(long index, LogEntries entries) {
        if (index != last + 1) {
            throw new IllegalStateException("entry " + index + " does not follow " + last);
        }
        LogEntry[] added = entries.toArray();
        Map<Long, Change> news = changesIn(added);
        TreeMap<Long, Change> all = changes;
        if (!news.isEmpty()) {
            all = new TreeMap<>(changes);
            all.putAll(news);
        }
        growTo(last - base + added.length);
        // From here on nothing needs memory.
        for (LogEntry entry : added) {
            last++;
            ring[slot(last)] = entry;
            bytes += entry.length();
        }
        changes = all;
        changesSeen += news.size();
        return last;
    }

    private Map<Long, Change> changesIn(LogEntry[] added) {
        Map<Long, Change> news = new TreeMap<>();
        for (int i = 0; i < added.length; i++) {
            if (added[i].internal()) {
                long index = last + 1 + i;
                change(added[i]).ifPresent(change -> news.put(index, change));
            }
        }
        return news;
    }

    @SuppressWarnings("EnumOrdinal") // as InternalCommand writes it
    private static Optional<Change> change(LogEntry entry) {
        ByteArrayInputStream command = new ByteArrayInputStream(entry.command(), entry.offset(), entry.length());
        try (DataInputStream in = new DataInputStream(command)) {
            InternalCommand.Type type = InternalCommand.Type.values()[in.readByte()];
            if (type == InternalCommand.Type.noop) {
                return Optional.empty();
            }
            boolean adds = type == InternalCommand.Type.addServer;
            return Optional.of(new Change(adds, RaftIds.member(Bits.readString(in))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public LogEntry get(long index) {
        if (index == base && base > 0) {
            return new LogEntry(baseTerm, null);
        }
        return index > base && index <= last ? ring[slot(index)] : null;
    }

    @Override
    public void truncate(long indexExclusive) {
        trim(0, indexExclusive);
    }

    @Override
    public void reinitializeTo(long index, LogEntry entry) {
        ring = new LogEntry[1024];
        changes.clear();
        changesSeen++;
        bytes = 0;
        base = index;
        baseTerm = entry.term();
        last = index;
        committed = index;
    }

    @Override
    public void deleteAllEntriesStartingFrom(long index) {
        if (index <= committed) {
            throw new IllegalStateException("entry " + index + " is committed, as all up to " + committed);
        }
        TreeMap<Long, Change> left = new TreeMap<>(changes.headMap(index, false));
        // From here on nothing needs memory.
        for (; last >= index; last--) {
            bytes -= ring[slot(last)].length();
            ring[slot(last)] = null;
        }
        changes = left;
        changesSeen++;
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer, long from, long to) {
        for (long index = Math.max(from, base + 1); index <= Math.min(to, last); index++) {
            consumer.accept(get(index), index);
        }
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer) {
        forEach(consumer, base + 1, last);
    }

    /** The entries from {@code from} on that fit into {@code most} bytes; at least one if there is one. */
    List<LogEntry> entries(long from, long most) {
        List<LogEntry> entries = new ArrayList<>();
        long size = 0;
        for (long index = from; index <= last; index++) {
            LogEntry entry = get(index);
            size += entry.length();
            if (size > most && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    @Override
    public long sizeInBytes() {
        return bytes;
    }

    @Override
    public long firstAppended() {
        return base;
    }

    @Override
    public long lastAppended() {
        return last;
    }

    @Override
    public long commitIndex() {
        return committed;
    }

    @Override
    public Log commitIndex(long index) {
        committed = index;
        return this;
    }

    @Override
    public long currentTerm() {
        return term;
    }

    @Override
    public Log currentTerm(long now) {
        term = now;
        return this;
    }

    @Override
    public Address votedFor() {
        return votedFor;
    }

    @Override
    public Log votedFor(Address member) {
        votedFor = member;
        return this;
    }

    @Override
    public void init(String name, Map<String, String> arguments) {}

    @Override
    public Log useFsync(boolean use) {
        return this;
    }

    @Override
    public boolean useFsync() {
        return false;
    }

    @Override
    public void setSnapshot(ByteBuffer snapshot) {
        throw new IllegalStateException("the state itself is the snapshot");
    }

    @Override
    public ByteBuffer getSnapshot() {
        return null;
    }

    @Override
    public void delete() {
        reinitializeTo(0, new LogEntry(0, null));
    }

    @Override
    public void close() {}
}

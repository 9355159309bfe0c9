package org.goaway.internal.cluster.raft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotHead;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.AppendEntriesResponse;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.InternalCommand;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.RaftImpl;
import org.jgroups.protocols.raft.Role;
import org.jgroups.raft.Options;
import org.jgroups.raft.util.RequestTable;
import org.jgroups.util.DefaultThreadFactory;
import org.jgroups.util.Runner;
import org.jgroups.util.Util;

/**
 * jgroups-raft with its gaps closed. Everything that changes its state runs on its one thread, elections too; entries of
 * former terms are committed by one of the leader's own (the Raft paper, 5.4.2); a change of the voters holds from the
 * moment it is in the log (4.1 of the thesis); a follower that lags is brought up also while the leader is busy; a
 * snapshot of the log costs nothing since the state itself is it; an entry whose decoding fails for want of memory is
 * tried again, not skipped, and one that is broken off by an Error while it changes the state ends this member's part.
 *
 * <p>One writer: Raft's thread, except where a method says otherwise.
 */
final class VoterRaft extends RAFT {

    private static final Logger LOG = LogManager.getLogger(VoterRaft.class);

    private static final long TICK_MILLIS = 10;

    /** Work for Raft's thread. */
    private static final class Step extends Request {
        private final Runnable work;

        private Step(Runnable work) {
            this.work = work;
        }
    }

    private final String name;
    private final MemoryLog memory;
    private final RaftEntries entries;
    private final long maxLogBytes;
    private final Replication replication;
    private final Breakage breakage;
    private LongConsumer ticks = now -> {};
    private long ticked;
    private long begun;
    /** Whether entries of this member's own have begun to go to the followers, but are not in its log. */
    private boolean inDoubt;

    private List<MemberId> voters = List.of();
    private int votersAsOf = -1;

    VoterRaft(
            String name,
            MemberId self,
            Collection<MemberId> founders,
            RaftEntries entries,
            long maxLogBytes,
            Transport transport) {
        this.name = name;
        this.breakage = new Breakage(name);
        this.memory = new MemoryLog();
        this.entries = entries;
        this.maxLogBytes = maxLogBytes;
        this.replication = new Replication(this, memory, self);
        setId(RAFT_ID);
        addr(RaftIds.address(self));
        setDownProtocol(new Wire(transport, replication, this::isBroken));
        raftId(RaftIds.of(self)).members(founders.stream().map(RaftIds::of).toList());
        maxLogCacheSize(0).log(memory).stateMachine(entries);
        impl = new Following(this);
    }

    @Override
    public void init() throws Exception {
        super.init();
        DefaultThreadFactory threads = new DefaultThreadFactory("goaway-raft-" + name, true, false);
        // So many milliseconds a step that is under way has what the stop takes away.
        runner = new Runner(threads, "goaway-raft-" + name, this::processQueue, null).joinTimeout(5_000);
    }

    /** Calls {@code tick} on Raft's thread about every 10 ms; set before the start. */
    void onTick(LongConsumer tick) {
        ticks = tick;
    }

    /** Calls {@code ending} on Raft's thread, once that has ended for good; set before the start. */
    void onBroken(Runnable ending) {
        breakage.onBroken(ending);
    }

    /** Whether the state may hold half an entry: this member must not say anything any more. Any thread. */
    boolean isBroken() {
        return breakage.isBroken();
    }

    /** Runs {@code work} on Raft's thread; drops it if that is hopelessly behind. Any thread; never blocks. */
    void execute(Runnable work) {
        offer(new Step(work));
    }

    String name() {
        return name;
    }

    Replication replication() {
        return replication;
    }

    MemoryLog memory() {
        return memory;
    }

    /** Who votes as of the last committed entry. */
    List<MemberId> agreedVoters() {
        return members().stream().map(RaftIds::member).sorted().toList();
    }

    /** Who votes as of the last entry in the log, committed or not. */
    List<MemberId> voters() {
        if (votersAsOf != memory.changesSeen()) {
            List<MemberId> now = new ArrayList<>(agreedVoters());
            memory.openChanges().values().forEach(change -> change.applyTo(now));
            now.sort(null);
            voters = List.copyOf(now);
            votersAsOf = memory.changesSeen();
        }
        return voters;
    }

    /** How many of the voters decide. */
    int quorum() {
        return voters().size() / 2 + 1;
    }

    /** jgroups-raft counts the leader's own vote for each entry, also where the log has already that it votes no longer. */
    @Override
    public int majority() {
        return quorum() + (voters().contains(RaftIds.member(addr())) ? 0 : 1);
    }

    /** The term of the last entry. */
    long lastTerm() {
        return memory.termOf(last_appended);
    }

    /** Whether this member leads and has committed an entry of its term: only then may it change the voters. */
    boolean hasBegun() {
        return isLeader() && commit_index >= begun;
    }

    /** This member has become the leader. */
    void begin() {
        replication.begin(System.nanoTime());
        begun = last_appended + 1;
        try {
            byte[] nothing = Util.streamableToByteBuffer(new InternalCommand(InternalCommand.Type.noop, null));
            CompletableFuture<byte[]> unused = setAsync(nothing, 0, nothing.length, true, Options.create(true));
        } catch (Exception e) {
            throw new IllegalStateException("no entry to begin the term with", e);
        }
    }

    @Override
    protected void processQueue() {
        try {
            if (isBroken()) {
                endBroken();
                return;
            }
            settle();
            Request first = processing_queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                remove_queue.clear();
                remove_queue.add(first);
                processing_queue.drainTo(remove_queue);
                process(remove_queue);
            }
            long now = System.nanoTime();
            if (!isBroken() && now - ticked >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                ticked = now;
                replication.onTick(now); // may commit, where a broken state must not change
                if (!isBroken()) {
                    ticks.accept(now);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: Raft's thread ends", name, e);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a step of the replicated log failed; it goes on", name, e);
        }
    }

    /** What runs out of memory here comes again: jgroups' thread calls until it is stopped. */
    private void endBroken() throws InterruptedException {
        breakage.end();
        processing_queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        processing_queue.clear();
    }

    /** What came from outside goes first, so that all new entries share one message and no step ends a term under them. */
    @Override
    protected void process(List<Request> requests) {
        List<Request> own = new ArrayList<>();
        for (Request request : requests) {
            if (isBroken()) {
                return;
            } else if (request instanceof Step step) {
                guarded(step.work);
            } else {
                own.add(request);
            }
        }
        if (!own.isEmpty() && !isBroken()) {
            inDoubt = true;
            super.process(own);
            inDoubt = false;
        }
    }

    /**
     * Followers are sent new entries before the leader's log takes them. If that failed, their places must not go to others
     * in the same term, for the terms are all that tells entries apart: another term settles what is there.
     */
    private void settle() {
        if (inDoubt) {
            LOG.warn("{} leads no longer: its log has not taken what it may have sent to others", name);
            setLeaderAndTerm(null);
            inDoubt = false;
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) { // as if it had not come: the others of its batch are not to go with it
            LOG.error("{}: a step of the replicated log failed; it goes on", name, e);
        }
    }

    /** A frame from another member. Any thread. */
    void receive(MemberId from, RaftMessage.Frame frame) {
        Message message = Wire.decode(from, frame);
        RaftHeader header = message.getHeader(id);
        if (header != null) {
            execute(() -> handleUpRequest(message, header));
        }
    }

    @Override
    protected RAFT changeRole(Role role) {
        boolean leads = impl instanceof Leading;
        if (leads != (role == Role.Leader)) {
            if (leads) {
                replication.end();
            }
            RaftImpl next = leads ? new Following(this) : new Leading(this);
            impl.destroy();
            next.init();
            impl = next;
            notifyRoleChangeListeners(role);
        }
        return this;
    }

    /**
     * jgroups-raft's own takes an entry for applied whatever was thrown. Here an Error before the state is touched ends the
     * commit before this entry, and the next commit begins with it.
     */
    @Override
    protected void applyCommit(long index, boolean serializeResponse) throws Exception {
        LogEntry entry = memory.get(index);
        Runnable step =
                entry.internal() ? command(entry) : entries.prepare(entry.command(), entry.offset(), entry.length());
        RequestTable.Entry<String> request = request_table == null ? null : request_table.remove(index);
        try {
            breakage.touchState(step);
            notify(request, (byte[]) null);
        } catch (RuntimeException e) {
            // All voters see the same entry and fail in the same way, so going on keeps them equal.
            LOG.error("{}: entry {} of the replicated log could not be applied", name, index, e);
            notify(request, e);
        }
    }

    private Runnable command(LogEntry entry) throws Exception {
        InternalCommand command =
                Util.streamableFromByteBuffer(InternalCommand.class, entry.command(), entry.offset(), entry.length());
        return () -> {
            try {
                command.execute(this);
            } catch (Exception e) {
                throw new IllegalStateException(command + " failed", e);
            }
        };
    }

    /** A member that leads by the vote that this commits goes on leading; jgroups-raft would make a follower of it. */
    @Override
    protected void _addServer(String name) {
        List<String> now = members();
        if (!now.contains(name)) {
            now.add(name);
            members(now);
        }
    }

    /** Takes entries of a leader after the last one of this log. */
    void append(LogEntries news) {
        append(last_appended + 1, news);
    }

    /** Drops uncommitted entries from this one on. */
    void cutOff(long index) {
        deleteAllLogEntriesStartingFrom(index);
    }

    /** As {@link #commitLogTo} does it on a follower. */
    void follow(long index) {
        commitLogTo(index, false);
    }

    /** Sends the entries from {@code from} on, as many as make one message. Returns the last one's index. */
    long resend(MemberId to, long from, long mostBytes) {
        LogEntries again = new LogEntries();
        memory.entries(from, mostBytes).forEach(again::add);
        long before = memory.termOf(from - 1);
        Message message = new ObjectMessage(RaftIds.address(to), again.size() == 0 ? null : again)
                .putHeader(
                        id,
                        new AppendEntriesRequest(addr(), currentTerm(), from - 1, before, currentTerm(), commit_index));
        down_prot.down(message);
        return from - 1 + again.size();
    }

    /** As {@link #commitLogTo} does it on the leader. */
    void commit(long index) {
        commitLogTo(index, true);
    }

    @Override
    protected void snapshotIfNeeded(int added) {
        memory.trim(maxLogBytes, replication.keepAfter(commit_index));
    }

    /** The state as of the last entry applied. */
    Snapshot capture() {
        if (isBroken()) {
            throw new IllegalStateException("the state of '" + name + "' may hold half an entry");
        }
        List<MemberId> applied = members().stream().map(RaftIds::member).toList();
        return new Snapshot(
                new SnapshotHead(currentTerm(), commit_index, memory.termOf(commit_index), applied), entries.capture());
    }

    /** Takes over a leader's state in place of the entries that this member lacks. */
    void install(MemberId from, Snapshot snapshot) {
        SnapshotHead head = snapshot.head();
        if (head.leaderTerm() < currentTerm()) {
            return;
        }
        boolean has = head.index() <= last_appended
                && (head.index() <= commit_index || memory.termOf(head.index()) == head.term());
        if (has) {
            // The entries after it may have been answered for, so they stay.
            commitLogTo(head.index(), false);
        } else {
            // One step: a log that does not fit to the state applies entries twice.
            breakage.touchState(() -> {
                entries.restore(snapshot.pieces());
                memory.reinitializeTo(head.index(), new LogEntry(head.term(), null));
                members(head.voters().stream().map(RaftIds::of).toList());
                last_appended = head.index();
                commit_index = head.index();
            });
            LOG.info("{}: took over the state as of entry {} of the log", name, head.index());
        }
        AppendResult result = new AppendResult(AppendResult.Result.OK, head.index()).commitIndex(commit_index);
        down_prot.down(new EmptyMessage(RaftIds.address(from))
                .putHeader(id, new AppendEntriesResponse(currentTerm(), result)));
    }
}

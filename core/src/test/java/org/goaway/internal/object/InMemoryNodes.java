package org.goaway.internal.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.spine.SpineState;
import org.goaway.protocol.strict.StrictPiece;

/** Nodes in this JVM: real protocols and threads, messages handed over directly, one log that commits at once. */
final class InMemoryNodes implements AutoCloseable {

    final TextValues text = new TextValues();
    private final List<InMemoryNode> nodes = new ArrayList<>();
    private Epoch epoch;
    private final SpineState state = new SpineState(text);

    InMemoryNodes(int count) {
        this(count, Duration.ofSeconds(10));
    }

    /** Their operations take so long at most. */
    InMemoryNodes(int count, Duration timeout) {
        epoch = Epoch.founding(new TreeSet<>(LongStream.rangeClosed(1, count)
                .mapToObj(number -> new MemberId(0, number))
                .toList()));
        epoch.members().forEach(id -> nodes.add(new InMemoryNode(id, this, timeout)));
        nodes.forEach(node -> node.found(epoch));
    }

    InMemoryNode node(int index) {
        return nodes.get(index);
    }

    /** The member's node; empty once it was lost. */
    Optional<InMemoryNode> node(MemberId id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst();
    }

    Epoch epoch() {
        return epoch;
    }

    /** The home of the lock of this name, lost or not. */
    MemberId home(String lock) {
        return epoch.home(new ObjectId(ObjectId.Kind.LOCK, lock));
    }

    /** Ends a node without a word; the others hear that it is gone. */
    void lose(int index) {
        InMemoryNode lost = nodes.remove(index);
        lost.close();
        nodes.forEach(node -> node.gone(lost.id));
    }

    List<MemberId> ids() {
        return nodes.stream().map(node -> node.id).toList();
    }

    /** The next epoch: without {@code drop}, and with {@code add} as one that comes in. Those in {@code learners} learn it. */
    void change(List<MemberId> drop, List<MemberId> add, List<MemberId> learners) {
        Map<MemberId, Long> joined = new TreeMap<>(epoch.joined());
        joined.keySet().removeAll(drop);
        add.forEach(member -> joined.put(member, epoch.number() + 1));
        List<MemberId> full =
                epoch.full().stream().filter(member -> !drop.contains(member)).toList();
        epoch = new Epoch(epoch.number() + 1, joined, full);
        learners.forEach(id -> node(id).ifPresent(node -> node.learn(epoch)));
    }

    /** The first member leads for good. */
    ReplicatedLog log(MemberId member) {
        MemberId leader = new MemberId(0, 1);
        return new ReplicatedLog() {
            @Override
            public Optional<MemberId> leader() {
                return node(leader).map(node -> node.id);
            }

            @Override
            public CompletableFuture<Message> append(Message entry) {
                return member.equals(leader)
                        ? CompletableFuture.completedFuture(state.apply(entry))
                        : CompletableFuture.failedFuture(new IllegalStateException(member + " does not lead"));
            }
        };
    }

    /** The strict fields that members watch, once for each of them; while the log is at rest. */
    List<String> watched() {
        List<String> watched = new ArrayList<>();
        state.writeTo(piece -> {
            if (piece instanceof StrictPiece.Watcher watcher) {
                watched.add(watcher.field());
            }
        });
        return watched;
    }

    @Override
    public void close() {
        List.copyOf(nodes).forEach(InMemoryNode::close);
    }
}

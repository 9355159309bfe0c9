package org.goaway.internal.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.protocol.MemberId;

/** The servers of a cluster in one process. */
final class OwnNodes implements OwnServers {

    private final Node spawner;
    private final List<Node> all;
    private final Map<String, CompletableFuture<Void>> paused = new ConcurrentHashMap<>();

    /**
     * @param spawner is told whom a test kills, as it would see of a process
     * @param all the servers, which the caller adds
     */
    OwnNodes(Node spawner, List<Node> all) {
        this.spawner = spawner;
        this.all = all;
    }

    @Override
    public void end() {
        List.copyOf(paused.keySet()).forEach(this::resume);
        all.forEach(Node::end);
    }

    @Override
    public List<String> names() {
        return all.stream().map(node -> node.self().name()).toList();
    }

    @Override
    public void kill(String server) {
        resume(server);
        named(server).harm().die();
        spawner.ended(server);
    }

    @Override
    public void pause(String server) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (paused.putIfAbsent(server, over) == null) {
            named(server).harm().standStill(over);
        }
    }

    @Override
    public void resume(String server) {
        CompletableFuture<Void> over = paused.remove(server);
        if (over != null) {
            over.complete(null);
        }
    }

    @Override
    public void cutOff(String server, Set<MemberId> members) {
        named(server).harm().cutOff(members);
    }

    private Node named(String name) {
        return all.stream()
                .filter(node -> node.self().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

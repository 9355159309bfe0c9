package org.goaway.internal.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;
import org.goaway.internal.launch.Launch;
import org.goaway.internal.launch.ServerProcess;
import org.goaway.protocol.MemberId;

/** The processes that one cluster launched. */
final class OwnProcesses implements OwnServers {

    private static final Logger LOG = LogManager.getLogger(OwnProcesses.class);

    private final List<ServerProcess> all;
    private final Map<String, ServerProcess> ended = new ConcurrentHashMap<>();
    private volatile Node node;
    private volatile boolean stopped;

    OwnProcesses(List<ServerProcess> all) {
        this.all = List.copyOf(all);
        for (ServerProcess server : all) {
            var unused = server.onExit().thenRun(() -> ended(server));
        }
    }

    List<ServerProcess> all() {
        return all;
    }

    private void ended(ServerProcess server) {
        ended.put(server.name(), server);
        tell(server);
    }

    /** From now on {@code spawner} is told who ends. */
    void tell(Node spawner) {
        node = spawner;
        ended.values().forEach(this::tell);
    }

    private void tell(ServerProcess server) {
        Node spawner = node;
        if (spawner != null && !stopped) {
            LOG.warn("{}", server.endedText());
            // One that is only out of reach may be a member that reads by its lease: it is for the members to agree.
            if (server.hasEnded()) {
                spawner.ended(server.name());
            }
        }
    }

    /** Throws what those said that have ended. */
    void check() {
        if (!ended.isEmpty()) {
            throw new GoAwayException(ended.values().stream()
                    .map(server -> server.endedEarly(null).getMessage())
                    .sorted()
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }

    @Override
    public void end() {
        stopped = true;
        Launch.stop(all);
    }

    @Override
    public List<String> names() {
        return all.stream().map(ServerProcess::name).toList();
    }

    @Override
    public void kill(String server) {
        named(server).kill();
    }

    @Override
    public void pause(String server) {
        named(server).signal(ServerProcess.Signal.STOP);
    }

    @Override
    public void resume(String server) {
        ServerProcess process = named(server);
        if (!process.hasEnded()) {
            process.signal(ServerProcess.Signal.CONT);
        }
    }

    @Override
    public void cutOff(String server, Set<MemberId> members) {
        ServerProcess process = named(server);
        if (!process.hasEnded()) {
            process.say(CutLine.of(members));
        }
    }

    private ServerProcess named(String name) {
        return all.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

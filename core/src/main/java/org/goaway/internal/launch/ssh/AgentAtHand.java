package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;

/** Connects to the user's agent when a host asks who logs in. The agent is never lent to the host. */
final class AgentAtHand implements SshAgentFactory {

    private static final Logger LOG = LogManager.getLogger(AgentAtHand.class);

    private final Path socket;
    private final OwnKeys keys;
    private final boolean onlyThese;
    private final Queue<Agent> connected = new ConcurrentLinkedQueue<>();
    private volatile Optional<String> problem = Optional.empty();

    AgentAtHand(Path socket, OwnKeys keys, boolean onlyThese) {
        this.socket = socket;
        this.keys = keys;
        this.onlyThese = onlyThese;
    }

    /** Null where the agent does not answer, as the interface has it: other keys may do. */
    @Override
    public SshAgent createClient(Session session, FactoryManager manager) {
        try {
            Agent agent = Agent.connect(socket, keys.publicKeys(), onlyThese);
            connected.add(agent);
            return agent;
        } catch (IOException | UnsupportedOperationException e) {
            problem = Optional.of("does not answer: " + e.getMessage());
            return null;
        }
    }

    /** Frees who waits for its answer, to which nothing else sets a limit. */
    void close() {
        for (Agent agent : connected) {
            try {
                agent.close();
            } catch (IOException e) {
                LOG.debug("the connection to the agent at {} was closed already", socket, e);
            }
        }
    }

    /** What became of it, for the message if the host takes none of its keys. */
    String note() {
        return "the agent at " + socket + " " + problem.orElse("has none that it takes");
    }

    @Override
    public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
        return List.of();
    }

    @Override
    public SshAgentServer createServer(ConnectionService service) {
        throw new UnsupportedOperationException("the agent is not lent");
    }
}

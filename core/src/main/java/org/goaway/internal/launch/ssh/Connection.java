package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.core.CoreModuleProperties;
import org.goaway.GoAwayException;

/** A user logged in on a machine. Safe for any thread. */
final class Connection implements AutoCloseable {

    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int UNANSWERED = 4;
    private static final int THREADS = 2;

    private final SshClient client;
    private final ClientSession session;

    private Connection(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /**
     * Logs in.
     *
     * @throws GoAwayException if that fails; the message says why and what to do
     */
    static Connection open(Login login) {
        InetSocketAddress address = new InetSocketAddress(login.address(), login.port());
        OwnKeys keys = new OwnKeys(login.keyFiles());
        Optional<AgentAtHand> agent = login.agent().map(socket -> new AgentAtHand(socket, keys, login.onlyThese()));
        SshClient client = SshClient.setUpDefaultClient();
        try {
            HostKeys hostKeys = new HostKeys(login);
            configure(client, keys, hostKeys);
            agent.ifPresent(client::setAgentFactory);
            client.start();
            return new Connection(client, new Entrance(login, hostKeys, keys, agent).enter(client, address));
        } catch (IOException e) {
            client.close(true);
            throw new GoAwayException("the files with known hosts cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            client.close(true);
            throw e;
        }
    }

    private static void configure(SshClient client, OwnKeys keys, HostKeys hostKeys) {
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY); // Login has read the file
        client.setServerKeyVerifier(hostKeys);
        client.addSessionListener(hostKeys);
        client.setKeyIdentityProvider(keys);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        CoreModuleProperties.NIO_WORKERS.set(client, THREADS);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, UNANSWERED);
    }

    /** Starts a script; what it reads is still to be said. */
    Conversation start(Script script) {
        try {
            ChannelExec channel = session.createExecChannel(script.command());
            channel.setRedirectErrorStream(true);
            channel.open().verify(OPEN);
            return new Conversation(channel).say(script.text());
        } catch (IOException e) {
            throw new GoAwayException("it runs no commands (" + e.getMessage() + ")", e);
        }
    }

    /** Logs out; the future ends when nothing of this is left. Idempotent. */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        session.close(false).addListener(out -> client.close(true).addListener(closed -> ended.complete(null)));
        return ended;
    }

    /** Breaks off. */
    @Override
    public void close() {
        session.close(true);
        client.close(true);
    }
}

package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.goaway.GoAwayException;

/**
 * How one gets from an address to a session, and what to say where one does not.
 *
 * @param agent none: the user has none at hand
 */
record Entrance(Login login, HostKeys hostKeys, OwnKeys keys, Optional<AgentAtHand> agent) {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LOG_IN = Duration.ofSeconds(30);

    ClientSession enter(SshClient client, InetSocketAddress address) {
        ClientSession session;
        try {
            session = client.connect(login.user(), address).verify(CONNECT).getSession();
        } catch (IOException e) {
            throw new GoAwayException(
                    "port " + login.port() + " of " + address.getAddress().getHostAddress()
                            + ", where its SSH server should be," + " is not reached (" + reason(e)
                            + "): check that it runs, and that no firewall is between",
                    e);
        }
        AuthFuture entering = null;
        try {
            entering = session.auth();
            entering.verify(LOG_IN);
            return session;
        } catch (IOException e) {
            if (entering != null && !entering.isDone()) {
                agent.ifPresent(AgentAtHand::close);
                throw new GoAwayException(
                        "it has not finished the login within " + LOG_IN.toSeconds()
                                + " s: confirm the use of the key at"
                                + " the agent if it asks for that, or see why its SSH server is slow",
                        e);
            }
            throw new GoAwayException(hostKeys.refusal().orElseGet(() -> refused(session, e)), e);
        }
    }

    private String refused(ClientSession session, IOException e) {
        if (!session.isAuthenticated() && session.getServerKey() == null) {
            return "its SSH server broke off (" + reason(e) + "): try it by hand: ssh " + login.written();
        }
        List<String> tried = new ArrayList<>();
        agent.ifPresent(used -> tried.add(used.note()));
        tried.addAll(keys.notes());
        return "it does not let " + login.user() + " in with the keys of this user ("
                + (tried.isEmpty() ? "there is no agent, and none of " + login.keyFiles() : String.join("; ", tried))
                + "): put your key there: ssh-copy-id " + login.written();
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return cause.getMessage();
            }
        }
        return failure.getMessage();
    }
}

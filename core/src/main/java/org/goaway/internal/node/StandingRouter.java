package org.goaway.internal.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.ChannelException;
import org.goaway.internal.cluster.Host;
import org.goaway.internal.cluster.Router;
import org.goaway.internal.security.ClusterKey;
import org.goaway.internal.security.KeyFile;

/** A router that was started by hand: passes on messages between members that cannot connect to each other. */
public final class StandingRouter implements AutoCloseable {

    private final Router router;
    private final InetSocketAddress bind;

    private StandingRouter(Router router, InetSocketAddress bind) {
        this.router = router;
        this.bind = bind;
    }

    /**
     * Starts it.
     *
     * @param where an interface, address or network; empty: what routes to other machines where there is a key, else loopback
     * @throws GoAwayException if it cannot listen there, or others would reach it and there is no key
     */
    public static StandingRouter open(Optional<String> where, int port, Optional<Path> keyFile) {
        Optional<ClusterKey> key = keyFile.map(KeyFile::read);
        InetAddress address = where.map(BindAddress::of)
                .orElseGet(() -> key.isPresent() ? BindAddress.towardsOthers() : InetAddress.getLoopbackAddress());
        Listening.needsKey(address, key);
        InetSocketAddress bind = new InetSocketAddress(address, port);
        try {
            return new StandingRouter(Router.open(bind, key.map(Configs::secrets)), bind);
        } catch (ChannelException e) {
            throw new GoAwayException(e.getMessage(), e);
        }
    }

    /** Where it listens. */
    public String address() {
        return Host.of(bind).toString();
    }

    @Override
    public void close() {
        router.close();
    }
}

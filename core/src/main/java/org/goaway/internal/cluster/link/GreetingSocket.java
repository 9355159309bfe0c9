package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** A socket that is connected only once both ends have proved that they know the group's name. */
final class GreetingSocket extends Socket {

    private final NameGreeting greeting;

    GreetingSocket(NameGreeting greeting) {
        this.greeting = greeting;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        super.connect(endpoint, timeout);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Handshakes.bound(this, done);
        try {
            greeting.greet(this);
        } catch (IOException e) {
            Handshakes.closeQuietly(this);
            throw e;
        } finally {
            done.complete(null);
        }
    }
}

package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptedSocketTest {

    private static final int MILLIS = 100;

    private Accepting server;
    private Socket other;
    private Socket accepted;

    private static final class Accepting extends ServerSocket {

        private Accepting() throws IOException {
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = new AcceptedSocket();
            implAccept(socket);
            return socket;
        }
    }

    @BeforeEach
    void connect() throws IOException {
        server = new Accepting();
        other = new Socket(server.getInetAddress(), server.getLocalPort());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        accepted.close();
        other.close();
        server.close();
    }

    @Test
    void shouldEndTheConnectionWhereNothingComesInTime() throws IOException {
        accepted.setSoTimeout(MILLIS);
        assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
        assertThat(other.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> accepted.setSoTimeout(0))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("nothing came in time");
    }

    @Test
    void shouldRefuseANegativeTimeout() {
        assertThatThrownBy(() -> accepted.setSoTimeout(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldStayConnectedOnceNoTimeoutIsSet() throws IOException {
        accepted.setSoTimeout(MILLIS);
        accepted.setSoTimeout(0);
        shouldOutlastALaterTimeout();
    }

    @Test
    void shouldCountFromTheLastTimeoutThatWasSet() throws IOException {
        accepted.setSoTimeout(MILLIS);
        accepted.setSoTimeout(60_000);
        shouldOutlastALaterTimeout();
    }

    /** One that was set later, for as long, has ended another connection by then. */
    private void shouldOutlastALaterTimeout() throws IOException {
        try (Socket later = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket ended = server.accept()) {
            ended.setSoTimeout(MILLIS);
            assertThat(later.getInputStream().read()).isEqualTo(-1);
        }
        other.getOutputStream().write(7);
        assertThat(accepted.getInputStream().read()).isEqualTo(7);
    }

    /** What looks whether a read may take long sees that none is bounded. */
    @Test
    void shouldHaveNoTimeoutOfReads() throws SocketException {
        accepted.setSoTimeout(60_000);
        assertThat(accepted.getSoTimeout()).isZero();
    }

    @Test
    void shouldRefuseATimeoutWhenClosed() throws IOException {
        accepted.close();
        assertThatThrownBy(() -> accepted.setSoTimeout(MILLIS)).isInstanceOf(SocketException.class);
    }
}

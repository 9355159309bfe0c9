package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.goaway.internal.security.ClusterKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;

class GateIT {

    private final SSLContext members = ClusterKey.create().tls();

    private Gate open() throws IOException {
        Gate gate = new Gate(new TlsGreeting(members));
        gate.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        return gate;
    }

    private static SSLSocket connected(SSLContext context, Gate gate) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(gate.getInetAddress(), gate.getLocalPort());
    }

    @Test
    void shouldGiveOutAMembersConnection() throws Exception {
        try (Gate gate = open();
                SSLSocket member = connected(members, gate)) {
            CompletableFuture<Void> shaken = CompletableFuture.runAsync(() -> {
                try {
                    member.startHandshake();
                    member.getOutputStream().write(7);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (Socket accepted = gate.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(7);
            }
            assertThat(shaken).succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    /**
     * One that does not mind whom it talks to finishes its side of the handshake. Nobody accepts here, so that it is the gate
     * that closes; an accepted one would wait.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseOnOneThatShowsAnotherCertificateOrNone(boolean shows) throws Exception {
        try (Gate gate = open();
                SSLSocket stranger = connected(trusting(shows), gate)) {
            stranger.setSoTimeout(10_000);
            assertThat(isClosed(stranger)).isTrue();
        }
    }

    /** Here a connection that is reset, as of one that has connected twice. */
    @Test
    void shouldWarnOfOneThatShowsAnotherCertificateAndNotOfConnectionsThatEnd() throws Exception {
        try (Warnings warnings = new Warnings(Gate.class);
                Gate gate = open()) {
            Socket ends = new Socket(gate.getInetAddress(), gate.getLocalPort());
            ends.setSoLinger(true, 0);
            ends.close();
            while (!isWarnedOf(gate, warnings)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Whether the gate warns of a stranger, as the first that it warns of. */
    private static boolean isWarnedOf(Gate gate, Warnings warnings) throws Exception {
        try (SSLSocket stranger = connected(trusting(true), gate)) {
            stranger.setSoTimeout(10_000);
            assertThat(isClosed(stranger)).isTrue();
        }
        String warning = warnings.next(Duration.ofSeconds(1));
        if (warning != null) {
            assertThat(warning).contains("the same key_file").doesNotContain("reset");
        }
        return warning != null;
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    /** TLS that takes every peer, and shows a certificate of its own or none. */
    private static SSLContext trusting(boolean shows) throws Exception {
        char[] password = "none".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        if (shows) {
            SelfSignedX509CertificateAndSigningKey own = SelfSignedX509CertificateAndSigningKey.builder()
                    .setDn(new X500Principal("CN=GoAway cluster"))
                    .setKeyAlgorithmName("EC")
                    .setKeySize(256)
                    .setSignatureAlgorithmName("SHA256withECDSA")
                    .build();
            store.setKeyEntry(
                    "own", own.getSigningKey(), password, new X509Certificate[] {own.getSelfSignedCertificate()});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, null);
        return context;
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

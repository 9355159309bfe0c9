package org.goaway.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.goaway.GoAwayException;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private static final List<Figure> FIGURES = FigureTable.of(Sample.figures("demo", "server-1"));

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldTellWhatThereIsNow() throws Exception {
        AtomicReference<List<Figure>> figures = new AtomicReference<>(List.of());
        try (MetricsServer server = MetricsServer.open(0, figures::get)) {
            assertThat(get(server.url()).statusCode()).isEqualTo(200);
            assertThat(get(server.url()).body()).isEmpty();

            figures.set(FIGURES);

            HttpResponse<String> answer = get(server.url());
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body())
                    .isEqualTo(PrometheusText.of(FIGURES))
                    .contains("goaway_tasks_running{cluster=\"demo\",member=\"server-1\"} 7\n");
        }
    }

    @Test
    void shouldAnswerNothingElse() throws Exception {
        try (MetricsServer server = MetricsServer.open(0, () -> FIGURES)) {
            String root = server.url().replace("/metrics", "/");

            for (String path : List.of("", "metrics/", "metrics/more", "metricsandmore", "..")) {
                assertThat(get(root + path).statusCode()).as(path).isEqualTo(404);
            }
            HttpResponse<String> post = client.send(
                    HttpRequest.newBuilder(URI.create(server.url()))
                            .POST(BodyPublishers.ofString("something"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(post.headers().firstValue("Allow")).contains("GET");
            assertThat(post.body()).isEmpty();
        }
    }

    @Test
    void shouldListenOnLoopbackOnly() throws Exception {
        try (MetricsServer server = MetricsServer.open(0, () -> FIGURES)) {
            int port = URI.create(server.url()).getPort();
            assertThat(InetAddress.getByName(URI.create(server.url()).getHost()).isLoopbackAddress())
                    .isTrue();
            for (InetAddress address : others()) {
                assertThatThrownBy(() -> new Socket(address, port).close())
                        .as("%s", address)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static List<InetAddress> others() throws IOException {
        List<InetAddress> others = new ArrayList<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .forEach(others::add);
        return others;
    }

    @Test
    void shouldSayWhatToDoWhereThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> MetricsServer.open(taken.getLocalPort(), List::of))
                    .isInstanceOf(GoAwayException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("give another port (0 takes any free one)");
        }
    }

    @Test
    void shouldAnswerWhileOthersAreSilent() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (MetricsServer server = MetricsServer.open(0, () -> FIGURES)) {
            int port = URI.create(server.url()).getPort();
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                silent.add(socket);
                socket.getOutputStream().write("GET /metr".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }

            assertThat(get(server.url()).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void shouldLeaveTheProgramsOwnServersAlone() {
        Set<Object> before = ofHttpServers();
        MetricsServer.open(0, () -> FIGURES).close();
        assertThat(ofHttpServers()).isEqualTo(before);
    }

    private static Set<Object> ofHttpServers() {
        return System.getProperties().keySet().stream()
                .filter(name -> name.toString().startsWith("sun.net.httpserver."))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldLeaveNoThreadAndNoPort() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        MetricsServer server = MetricsServer.open(0, () -> FIGURES);
        get(server.url());
        Set<Thread> ours = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("goaway-metrics-")
                        || thread.getName().startsWith("HTTP-Dispatcher"))
                .collect(Collectors.toSet());
        assertThat(ours).hasSize(3);

        server.close();

        for (Thread thread : ours) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        assertThatThrownBy(() -> get(server.url())).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}

package org.goaway.usage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import org.goaway.Member;
import org.goaway.RemoteTask;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Eventually;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class MetricsIT {

    private static final Pattern URL =
            Pattern.compile("figures for Prometheus at (http://127\\.0\\.0\\.1:\\d+/metrics)");

    /** The format, as far as it is used: comments, or a name, labels in braces and a number. */
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_]+)\\{((?:[a-z_]+=\"[^\"\\\\\n]*\",?)+)} (-?[0-9.]+(?:E-?[0-9]+)?)");

    private static final Pattern COMMENT =
            Pattern.compile("# (HELP [a-z_]+ [^\\\\]+|TYPE [a-z_]+ (gauge|counter|summary))");

    private final String cluster = "test-" + UUID.randomUUID();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldServeWhatANodeHasDoneWithoutMicrometer() throws Exception {
        assertThat(ClassPath.ofExamples()).noneMatch(jar -> jar.toString().contains("micrometer"));
        try (Program node = node("--metrics", "0")) {
            String url = url(node);
            node.prints("waits for a program");
            assertThat(samples(url)).containsEntry(sample("goaway_epoch"), 0.0);
            try (Cluster program = program()) {
                TaskOptions there = TaskOptions.builder().on(watched(program)).build();
                List<RemoteTask<Void>> tasks = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    tasks.add(program.run(there, () -> {}));
                }
                tasks.forEach(RemoteTask::join);
                RemoteTask<Void> fails = program.run(there, () -> {
                    throw new IllegalStateException("as is meant");
                });
                assertThatThrownBy(fails::join).isInstanceOf(RemoteTaskException.class);
                program.run(there, () -> {
                            LinFastRead object = GoAway.linFastRead("object");
                            object.set("field", 1L);
                            object.addAndGet("field", 1);
                        })
                        .join();

                Map<String, Double> samples = samples(url);
                assertThat(samples)
                        .containsEntry(sample("goaway_tasks_done_total"), 6.0)
                        .containsEntry(sample("goaway_tasks_failed_total"), 1.0)
                        .containsEntry(sample("goaway_tasks_run_seconds_count"), 7.0)
                        .containsEntry(sample("goaway_spawned_done_total"), 0.0)
                        .containsEntry(sample("goaway_members"), 2.0)
                        .containsEntry(sample("goaway_members_present"), 2.0)
                        .containsEntry(sample("goaway_epoch"), 1.0)
                        .containsEntry(store("goaway_store_writes_total", "LinFastRead"), 2.0)
                        .containsEntry(store("goaway_store_writes_total", "Weak"), 0.0)
                        .doesNotContainKey(store("goaway_store_reads_total", "Weak"));
                assertThat(samples.get(sample("goaway_tasks_run_seconds_sum"))).isPositive();
                assertThat(samples.get(sample("goaway_code_fetched_bytes_total")))
                        .isPositive();
                assertThat(samples.get(sample("goaway_network_sent_bytes_total")))
                        .isPositive();
            }
            // It begins afresh for the next program.
            Eventually.holds(
                    () -> Double.valueOf(0).equals(samples(url).get(sample("goaway_tasks_done_total"))),
                    () -> "has not begun afresh: " + samples(url));
            node.isStopped();
        }
    }

    @Test
    void shouldSayWhatToDoWhereThePortCannotBeHad() {
        try (Program node = node("--metrics", "0")) {
            String port = Integer.toString(URI.create(url(node)).getPort());
            try (Program second = node("--metrics", port);
                    Program wrong = node("--metrics", "65536")) {
                assertThat(second.ends().with(1).err())
                        .contains("port " + port + " of 127.0.0.1", "give another port (0 takes any free one)");
                assertThat(wrong.ends().with(2).err()).contains("--metrics: 65536 is no port");
            }
        }
    }

    @Test
    void shouldCountLocalReadsWhereTheJvmIsToldTo() {
        for (String told : List.of("true", "false")) {
            try (Program program = Program.java(
                    Path.of(""), ClassPath.ofTests(), "-Dgoaway.metrics.reads=" + told, CountedReads.class.getName())) {
                assertThat(program.ends().well().lines())
                        .containsExactly(
                                told.equals("true")
                                        ? "LinFastRead 3, StrictCentralized 1, UpdateOnRelease 5, Weak 4"
                                        : "LinFastRead -1, StrictCentralized 1, UpdateOnRelease -1, Weak -1");
            }
        }
    }

    private Program node(String... options) {
        List<String> all = new ArrayList<>(List.of("node", "--cluster", cluster, "--name", "watched"));
        all.addAll(List.of(options));
        return Program.goaway(all.toArray(new String[0]));
    }

    private Cluster program() {
        return Cluster.start(ClusterConfig.builder()
                .cluster(cluster)
                .launch("none")
                .discovery("multicast")
                .expect(2)
                .build());
    }

    private static Member watched(Cluster program) {
        return program.members().stream()
                .filter(member -> member.name().equals("watched"))
                .findFirst()
                .orElseThrow();
    }

    private static String url(Program node) {
        node.prints("figures for Prometheus at ").prints("/metrics");
        Matcher url = URL.matcher(node.out());
        assertThat(url.find()).as(node.out()).isTrue();
        return url.group(1);
    }

    private String sample(String name) {
        return name + "{cluster=\"" + cluster + "\",member=\"watched\"}";
    }

    private String store(String name, String kind) {
        return name + "{cluster=\"" + cluster + "\",kind=\"" + kind + "\",member=\"watched\"}";
    }

    /** All samples, by name and labels; fails if the text is of another format, or says something twice. */
    private Map<String, Double> samples(String url) {
        Map<String, Double> samples = new TreeMap<>();
        for (String line : get(url).lines().toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                assertThat(samples.put(sample.group(1) + "{" + sample.group(2) + "}", Double.valueOf(sample.group(3))))
                        .as(line)
                        .isNull();
            } else {
                assertThat(line).matches(COMMENT);
            }
        }
        return samples;
    }

    private String get(String url) {
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(url + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}

package org.goaway.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.goaway.Cluster;
import org.goaway.micrometer.ClusterMeters;
import org.junit.jupiter.api.Test;

/** One set of dashboards and alarms does for both: our text says what Micrometer's registry for Prometheus says. */
class PrometheusNamesTest {

    private final List<Figure> figures = FigureTable.of(Sample.figures("demo", "server-1"));

    @Test
    void shouldSayWhatMicrometersRegistrySays() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new ClusterMeters(measured()).bindTo(registry);

        String theirs = registry.scrape();
        String ours = PrometheusText.of(figures);

        assertThat(samples(ours)).isEqualTo(samples(theirs)).hasSizeGreaterThan(30);
        assertThat(comments(ours)).isEqualTo(comments(theirs));
    }

    private Cluster measured() {
        return (Cluster) Proxy.newProxyInstance(
                PrometheusNamesTest.class.getClassLoader(),
                new Class<?>[] {Cluster.class, Measured.class},
                (proxy, method, arguments) -> method.getName().equals("figures") ? figures : null);
    }

    private static Map<String, Double> samples(String text) {
        Map<String, Double> samples = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int value = line.lastIndexOf(' ');
            samples.put(line.substring(0, value), Double.valueOf(line.substring(value + 1)));
        });
        return samples;
    }

    private static Set<String> comments(String text) {
        return text.lines().filter(line -> line.startsWith("#")).collect(Collectors.toSet());
    }
}

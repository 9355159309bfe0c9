package org.goaway.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.Weak;
import org.junit.jupiter.api.Test;

/** What Micrometer sees of a real cluster. */
class ClusterMetersIT {

    private final String name = "meters-" + UUID.randomUUID();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldShowWhatTheClusterDoes() {
        try (Cluster cluster = start(name);
                ClusterMeters meters = new ClusterMeters(cluster, Tags.of("zone", "a"))) {
            meters.bindTo(registry);
            for (int i = 0; i < 3; i++) {
                cluster.run(() -> {}).join();
            }
            Weak weak = cluster.weak("object");
            weak.set("field", 1);
            weak.set("field", 2);

            assertThat(counter("goaway.spawned.done").count()).isEqualTo(3);
            assertThat(counter("goaway.spawned.failed").count()).isZero();
            assertThat(counter("goaway.store.writes", "kind", "Weak").count()).isEqualTo(2);
            assertThat(counter("goaway.store.writes", "kind", "LinFastRead").count())
                    .isZero();
            assertThat(gauge("goaway.store.objects", "kind", "Weak").value()).isEqualTo(1);
            assertThat(gauge("goaway.members").value()).isEqualTo(2);
            assertThat(gauge("goaway.epoch").value()).isEqualTo(1);
            TimeGauge lease = registry.get("goaway.lease.remaining").timeGauge();
            assertThat(lease.value(TimeUnit.SECONDS)).isBetween(0.0, 2.0);
            FunctionTimer run = registry.get("goaway.tasks.run").functionTimer();
            assertThat(run.count()).isEqualTo(counter("goaway.tasks.done").count());
            assertThat(run.totalTime(TimeUnit.SECONDS)).isBetween(0.0, 30.0);
            assertThat(counter("goaway.network.sent").getId().getBaseUnit()).isEqualTo("bytes");

            assertThat(registry.getMeters())
                    .allMatch(meter -> meter.getId().getName().startsWith("goaway."))
                    .allMatch(meter -> tag(meter, "cluster").equals(name))
                    .allMatch(meter -> tag(meter, "member").equals("spawner"))
                    .allMatch(meter -> tag(meter, "zone").equals("a"))
                    .allMatch(meter -> !meter.getId().getDescription().isEmpty());
        }
    }

    @Test
    void shouldHaveAsManyMetersHoweverMuchThereIs() {
        try (Cluster cluster = start(name);
                ClusterMeters meters = new ClusterMeters(cluster)) {
            meters.bindTo(registry);
            int before = registry.getMeters().size();
            for (int i = 0; i < 20; i++) {
                cluster.weak("object-" + i).set("field-" + i, i);
                cluster.run(() -> {}).join();
            }
            meters.bindTo(registry);

            assertThat(registry.getMeters()).hasSize(before).hasSizeLessThan(60);
        }
    }

    @Test
    void shouldKeepTwoClustersApartAndTakeMetersAway() {
        try (Cluster one = start(name);
                Cluster other = start(name + "-other");
                ClusterMeters ofOne = new ClusterMeters(one)) {
            ofOne.bindTo(registry);
            int each = registry.getMeters().size();
            try (ClusterMeters ofOther = new ClusterMeters(other)) {
                ofOther.bindTo(registry);
                assertThat(registry.getMeters()).hasSize(2 * each);
                other.linFastRead("object").set("field", 1);
                assertThat(counter("goaway.store.writes", "kind", "LinFastRead", "cluster", name)
                                .count())
                        .isZero();
                assertThat(counter("goaway.store.writes", "kind", "LinFastRead", "cluster", name + "-other")
                                .count())
                        .isEqualTo(1);
            }
            assertThat(registry.getMeters())
                    .hasSize(each)
                    .allMatch(meter -> tag(meter, "cluster").equals(name));
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldStandStillOnceTheClusterIsClosed() {
        try (Cluster cluster = start(name)) {
            new ClusterMeters(cluster).bindTo(registry);
            cluster.weak("object").set("field", 1);
        }

        assertThat(counter("goaway.store.writes", "kind", "Weak").count()).isEqualTo(1);
        for (Meter meter : registry.getMeters()) {
            meter.measure()
                    .forEach(measurement -> assertThat(measurement.getValue())
                            .as(meter.getId().toString())
                            .isNotNegative());
        }
    }

    @Test
    void shouldRefuseAClusterThatIsNotOne() {
        Cluster mocked = (Cluster) Proxy.newProxyInstance(
                ClusterMetersIT.class.getClassLoader(),
                new Class<?>[] {Cluster.class},
                (proxy, method, arguments) -> method.getName().toUpperCase(Locale.ROOT));

        assertThatThrownBy(() -> new ClusterMeters(mocked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cluster.start");
    }

    private static Cluster start(String name) {
        return Cluster.start(
                ClusterConfig.builder().inProcessServers(1).cluster(name).build());
    }

    private FunctionCounter counter(String meter, String... tags) {
        return registry.get(meter).tags(tags).functionCounter();
    }

    private Gauge gauge(String meter, String... tags) {
        return registry.get(meter).tags(tags).gauge();
    }

    private static String tag(Meter meter, String key) {
        return String.valueOf(meter.getId().getTag(key));
    }
}

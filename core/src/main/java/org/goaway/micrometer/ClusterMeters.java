package org.goaway.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.internal.metrics.Figure;
import org.goaway.internal.metrics.Measured;

/**
 * The figures of this process's member of a cluster as meters, {@code goaway.…}, with the tags {@code cluster} and {@code member}, and
 * {@code kind} for those of shared objects: some fifty meters, however many objects, tasks and members there are. Other members
 * have meters of their own, where they are bound.
 *
 * <pre>{@code
 * new ClusterMeters(cluster).bindTo(registry);
 * }</pre>
 *
 * <p>A registry reads the figures when it publishes them, which takes microseconds and waits for nobody. They keep no closed cluster in
 * memory, but the meters stay in their registries until {@link #close()} takes them away, or a member of the same names is bound there;
 * close those of a cluster before you bind its successor. Safe for any thread.
 */
public final class ClusterMeters implements MeterBinder, AutoCloseable {

    private record Bound(MeterRegistry registry, Meter meter) {}

    private final List<Figure> figures;
    private final Tags tags;
    private final Queue<Bound> bound = new ConcurrentLinkedQueue<>();

    /**
     * Meters without further tags.
     *
     * @throws IllegalArgumentException if {@code cluster} is not one that {@code GoAway} or {@code Cluster.start} has made
     */
    public ClusterMeters(Cluster cluster) {
        this(cluster, List.of());
    }

    /**
     * Meters that all have these tags, too.
     *
     * @throws IllegalArgumentException if {@code cluster} is not one that {@code GoAway} or {@code Cluster.start} has made
     */
    public ClusterMeters(Cluster cluster, Iterable<Tag> tags) {
        if (!(cluster instanceof Measured measured)) {
            throw new IllegalArgumentException("there are no figures of " + cluster
                    + ": give the cluster that GoAway.init, GoAway.current or Cluster.start has returned");
        }
        this.figures = measured.figures();
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Figure figure : figures) {
            // Of a member of the same name that is no more there may be some left, which would be kept in place of
            // these.
            registry.removeByPreFilterId(new Meter.Id(figure.name(), tagsOf(figure), null, null, Meter.Type.OTHER));
            bound.add(new Bound(registry, register(figure, registry)));
        }
    }

    private Meter register(Figure of, MeterRegistry registry) {
        return switch (of.type()) {
            case GAUGE -> gauge(of, registry);
            case COUNTER ->
                FunctionCounter.builder(of.name(), of, Figure::value)
                        .tags(tagsOf(of))
                        .description(of.help())
                        .baseUnit(unitOf(of))
                        .register(registry);
            case TIMER ->
                FunctionTimer.builder(of.name(), of, Figure::counted, Figure::value, TimeUnit.SECONDS)
                        .tags(tagsOf(of))
                        .description(of.help())
                        .register(registry);
        };
    }

    private Meter gauge(Figure of, MeterRegistry registry) {
        if (of.unit().equals(Figure.SECONDS)) {
            return TimeGauge.builder(of.name(), of, TimeUnit.SECONDS, Figure::value)
                    .tags(tagsOf(of))
                    .description(of.help())
                    .register(registry);
        }
        return Gauge.builder(of.name(), of, Figure::value)
                .tags(tagsOf(of))
                .description(of.help())
                .baseUnit(unitOf(of))
                .register(registry);
    }

    private Tags tagsOf(Figure figure) {
        Tags all = tags;
        for (Map.Entry<String, String> tag : figure.tags().entrySet()) {
            all = all.and(tag.getKey(), tag.getValue());
        }
        return all;
    }

    private static String unitOf(Figure figure) {
        return figure.unit().isEmpty() ? null : figure.unit();
    }

    /** Takes the meters out of all registries that they were bound to. Idempotent. */
    @Override
    public void close() {
        for (Bound one = bound.poll(); one != null; one = bound.poll()) {
            one.registry().remove(one.meter());
        }
    }
}

package org.goaway.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void shouldNameSamplesByUnitAndType() {
        String text = PrometheusText.of(List.of(
                figure("goaway.members", Figure.Type.GAUGE, "", 3, Map.of("cluster", "demo", "member", "a")),
                figure(
                        "goaway.network.sent",
                        Figure.Type.COUNTER,
                        Figure.BYTES,
                        12_345_678_901.0,
                        Map.of("member", "a")),
                figure("goaway.lease.remaining", Figure.Type.GAUGE, Figure.SECONDS, 0.25, Map.of("member", "a")),
                figure("goaway.tasks.run", Figure.Type.TIMER, Figure.SECONDS, 1.5, Map.of("member", "a"))));

        assertThat(text).isEqualTo("""
                # HELP goaway_members what it says
                # TYPE goaway_members gauge
                goaway_members{cluster="demo",member="a"} 3
                # HELP goaway_network_sent_bytes_total what it says
                # TYPE goaway_network_sent_bytes_total counter
                goaway_network_sent_bytes_total{member="a"} 12345678901
                # HELP goaway_lease_remaining_seconds what it says
                # TYPE goaway_lease_remaining_seconds gauge
                goaway_lease_remaining_seconds{member="a"} 0.25
                # HELP goaway_tasks_run_seconds what it says
                # TYPE goaway_tasks_run_seconds summary
                goaway_tasks_run_seconds_count{member="a"} 9
                goaway_tasks_run_seconds_sum{member="a"} 1.5
                """);
    }

    @Test
    void shouldTellOfANameOnceWhateverItsTags() {
        String text = PrometheusText.of(List.of(
                figure("goaway.store.writes", Figure.Type.COUNTER, "", 1, Map.of("kind", "Weak")),
                figure("goaway.epoch", Figure.Type.GAUGE, "", 7, Map.of("member", "a")),
                figure("goaway.store.writes", Figure.Type.COUNTER, "", 2, Map.of("kind", "LinFastRead"))));

        assertThat(text).isEqualTo("""
                # HELP goaway_store_writes_total what it says
                # TYPE goaway_store_writes_total counter
                goaway_store_writes_total{kind="Weak"} 1
                goaway_store_writes_total{kind="LinFastRead"} 2
                # HELP goaway_epoch what it says
                # TYPE goaway_epoch gauge
                goaway_epoch{member="a"} 7
                """);
    }

    @Test
    void shouldEscapeNamesThatPeopleGive() {
        String text = PrometheusText.of(
                List.of(figure("goaway.epoch", Figure.Type.GAUGE, "", 7, Map.of("member", "a\"b\\c\nd}"))));

        assertThat(text.lines()).contains("goaway_epoch{member=\"a\\\"b\\\\c\\nd}\"} 7");
    }

    private static Figure figure(String name, Figure.Type type, String unit, double total, Map<String, String> tags) {
        return new Figure(name, type, unit, "what it says", new TreeMap<>(tags), () -> total, () -> 9);
    }
}

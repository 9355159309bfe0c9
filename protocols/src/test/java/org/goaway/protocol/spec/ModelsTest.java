package org.goaway.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.goaway.protocol.spec.Results.Result;
import org.goaway.protocol.spec.Results.When;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the models promise. By default the small configurations run, and those that have changed since their result was recorded;
 * {@code -Dgoaway.models=short} runs those of at most half a minute and all that leave out a rule, {@code all} all but the longest,
 * {@code long} these too. {@code record} runs what has no
 * valid record and writes one.
 */
@Tag("model")
class ModelsTest {

    private static final Path SPEC = Path.of("src", "spec");
    private static final String MODE = System.getProperty("goaway.models", "changed");
    private static final long LIMIT = MODE.equals("changed") ? 600 : 3600;

    private static final long SHORT_SECONDS = 30;

    private static final List<Configuration> CONFIGURATIONS = Configuration.all(SPEC);
    private static final ExecutorService PROCESSES =
            Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));

    private final Results results = new Results(SPEC.resolve("results.txt"));
    private final Tlc tlc = new Tlc(Path.of("target", "tlc"));

    @AfterAll
    static void end() {
        PROCESSES.shutdownNow();
    }

    @Test
    void shouldKnowTheMode() {
        assertThat(MODE).isIn("changed", "short", "all", "long", "record");
    }

    @Test
    void shouldHaveARecordOfEveryConfigurationAndNoOther() {
        if (!MODE.equals("record")) {
            assertThat(results.all().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            CONFIGURATIONS.stream().map(Configuration::name).toList());
        }
    }

    @Test
    void shouldViolateSomethingWhereverARuleIsLeftOut() {
        assertThat(CONFIGURATIONS)
                .filteredOn(Configuration::leavesOutRule)
                .hasSizeGreaterThan(40)
                .extracting(Configuration::name)
                .allSatisfy(name -> assertThat(results.get(name))
                        .satisfiesAnyOf(
                                result -> assertThat(result).isNull(),
                                result -> assertThat(result.finding().isViolation())
                                        .isTrue()));
    }

    @Test
    void shouldViolateTheOlderProtocol() {
        assertThat(results.get("SeedTwoPhase").finding().verdict()).isEqualTo(Finding.violates("NoStaleRead"));
    }

    @TestFactory
    Stream<DynamicTest> shouldFindWhatIsRecorded() {
        // All are submitted before the first is awaited: as many run at a time as there are processors.
        List<DynamicTest> tests = CONFIGURATIONS.stream()
                .filter(this::isToRun)
                .map(configuration -> {
                    Future<?> run = PROCESSES.submit(() -> {
                        check(configuration);
                        return null;
                    });
                    return DynamicTest.dynamicTest(configuration.name(), run::get);
                })
                .toList();
        return tests.stream();
    }

    private boolean isToRun(Configuration configuration) {
        Result recorded = results.get(configuration.name());
        if (recorded == null || !recorded.hash().equals(configuration.hash())) {
            return true;
        }
        return switch (MODE) {
            case "record" -> false;
            case "short" ->
                recorded.when() != When.LONG && (configuration.leavesOutRule() || recorded.seconds() <= SHORT_SECONDS);
            case "all" -> recorded.when() != When.LONG;
            case "long" -> true;
            default -> recorded.when() == When.ALWAYS;
        };
    }

    private void check(Configuration configuration) throws Exception {
        Result recorded = results.get(configuration.name());
        long begin = System.nanoTime();
        Finding found = tlc.check(configuration, LIMIT);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 1;
        When when = recorded == null ? When.ALL : recorded.when();
        Result result = new Result(when, found, seconds, configuration.hash());
        if (MODE.equals("record")) {
            record(configuration, result);
            return;
        }
        assertThat(recorded)
                .as("no record; this run gives\n%s", Results.line(configuration.name(), result))
                .isNotNull();
        assertThat(found.agreesWith(recorded.finding()))
                .as(
                        "recorded\n%s\nfound now\n%s\n",
                        Results.line(configuration.name(), recorded), Results.line(configuration.name(), result))
                .isTrue();
    }

    private void record(Configuration configuration, Result result) {
        synchronized (results) {
            results.put(configuration.name(), result);
        }
    }
}

package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.goaway.usage.Ended;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
class HashPuzzleIT {

    private static final Pattern CHUNKS = Pattern.compile("^chunks of (\\S+): (\\d+)$", Pattern.MULTILINE);

    @Test
    void shouldFindTheSolutionWithItsHashAndTellWhoDidWhat() {
        Ended ended = run("--nodes", "2", "--range", "4500000..4520000", "--all");

        ended.well().leavingNoneOf(2);
        assertThat(ended.lines())
                .startsWith("searching 4500000..4520000 with 20 chunks on 2 servers")
                .containsSequence("solution prefix-4511309", "  SHA-512 " + NonceSearch.hash(4_511_309))
                .last()
                .asString()
                .matches("time \\d+\\.\\d+ s");
        assertThat(ended.lines().stream().filter(line -> line.startsWith("solution")))
                .hasSize(1);
        assertThat(chunks(ended)).isEqualTo(20);
        assertThat(ended.out()).doesNotContain("chunks of spawner");
        assertThat(ended.err()).contains("20");
    }

    @Test
    void shouldFindAllSolutionsOfAnEasierPuzzle() {
        Ended ended = run(
                "--nodes", "1", "--range", "1000..90000", "--difficulty", "4", "--workers", "3", "--all", "--compare");

        List<String> expected = new ArrayList<>();
        for (long nonce : new NonceSearch(1000, 90_000, 4).run(true, () -> false)) {
            expected.add("solution prefix-" + nonce);
        }
        ended.well().leavingNoneOf(1);
        assertThat(expected).isNotEmpty();
        assertThat(ended.lines().stream().filter(line -> line.startsWith("solution")))
                .containsExactlyElementsOf(expected);
        assertThat(chunks(ended)).isEqualTo(3);
        assertThat(ended.lines()).last().asString().matches("time without GoAway on \\d+ threads: \\d+\\.\\d+ s");
    }

    @Test
    void shouldStopAtTheFirstSolution() {
        Ended ended = run("--nodes", "2", "--range", "0..3000000000", "--difficulty", "3");

        ended.well().leavingNoneOf(2);
        assertThat(ended.out()).contains("solution prefix-");
        assertThat(chunks(ended)).isEqualTo(20);
    }

    @Test
    void shouldSayThatThereIsNoSolution() {
        Ended ended = run("--nodes", "1", "--range", "0..1000", "--difficulty", "128");

        ended.well().leavingNoneOf(1);
        assertThat(ended.lines()).contains("no solution in 0..1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--range 5..1",
                "--range 5",
                "--range 1..x",
                "--range 1..2..3",
                "--workers 0",
                "--difficulty -1",
                "--difficulty six",
                "--nodes two",
                "--nodes",
                "--fast"
            })
    void shouldRefuseABadOptionWithStatus2AndStartNothing(String options) {
        Ended ended = run(options.split(" ", -1));

        ended.with(2).leavingNoneOf(0);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(options.split(" ", -1)[0]).contains("Usage: hash-puzzle");
    }

    private static Ended run(String... options) {
        List<String> command = new ArrayList<>(List.of("example", "hash-puzzle"));
        command.addAll(List.of(options));
        try (Program program = Program.goaway(command.toArray(new String[0]))) {
            return program.ends();
        }
    }

    private static int chunks(Ended ended) {
        return CHUNKS.matcher(ended.out())
                .results()
                .mapToInt(line -> Integer.parseInt(line.group(2)))
                .sum();
    }
}

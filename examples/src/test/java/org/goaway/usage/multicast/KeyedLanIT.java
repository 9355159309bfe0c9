package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.goaway.usage.Ended;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines of a network that share a key, and others that do not. */
@Tag("process")
@Tag("machines")
class KeyedLanIT {

    private static final String CLUSTER = "keyed-lan";
    /** 12 million hashes on a machine that does other things too: a bound for what hangs, not a measure. */
    private static final Duration COMPUTES = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespaces() {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
    }

    private String newKey(String name) {
        Path file = folder.resolve(name);
        Ended made = Program.goaway("key", "new", file.toString()).ends().well();
        Ended shown = Program.goaway("key", "show", file.toString()).ends().well();
        assertThat(made.out()).startsWith(shown.out().strip());
        return file.toString();
    }

    private static Program node(Lan lan, int machine, String key) {
        return Program.goawayIn(
                lan.machine(machine), "node", "--cluster", CLUSTER, "--name", "node-" + machine, "--key-file", key);
    }

    @Test
    void shouldRunOnMachinesThatFindEachOtherByMulticast() throws IOException {
        String key = newKey("cluster.key");
        try (Lan lan = Lan.of(3);
                Program one = node(lan, 2, key);
                Program other = node(lan, 3, key);
                Program puzzle = puzzle(lan, key, 3, "4500000..4520000")) {
            Ended ended = puzzle.ends().well();
            assertThat(ended.out()).contains("on 2 servers", "solution prefix-4511309");
            one.isStopped();
            other.isStopped();
        }
    }

    /** For less than it takes until who does not answer is out. */
    @Test
    void shouldRunOnThoughLinksAreCutForAMoment() throws IOException {
        String key = newKey("cluster.key");
        try (Lan lan = Lan.of(5);
                Program second = node(lan, 2, key);
                Program third = node(lan, 3, key);
                Program fourth = node(lan, 4, key);
                Program fifth = node(lan, 5, key);
                Program puzzle = puzzle(lan, key, 5, "0..12000000")) {
            puzzle.prints("searching 0..12000000");
            cutForAMoment(lan, 1, 4);
            cutForAMoment(lan, 2, 3);
            assertThat(puzzle.ends(COMPUTES).well().out()).contains("on 4 servers", "solution prefix-4511309");
            for (Program node : List.of(second, third, fourth, fifth)) {
                node.isStopped();
            }
        }
    }

    private static void cutForAMoment(Lan lan, int one, int other) {
        lan.cut(List.of(new Lan.Way(one, other), new Lan.Way(other, one)), Duration.ofSeconds(1));
    }

    private Program puzzle(Lan lan, String key, int expected, String range) throws IOException {
        Path config = Files.writeString(folder.resolve("goaway.yaml"), """
                cluster: %s
                launch: none
                discovery: multicast
                expect: %d
                key_file: %s
                """.formatted(CLUSTER, expected, key));
        return Program.goawayIn(
                lan.machine(1), "example", "hash-puzzle", "--config", config.toString(), "--range", range, "--all");
    }

    @Test
    void shouldKeepApartWhoHasAnotherKeyAndSayWhy() {
        try (Lan lan = Lan.of(2);
                Program one = node(lan, 1, newKey("one.key"));
                Program other = node(lan, 2, newKey("other.key"))) {
            one.warns(lan.address(2) + " searches for members of this cluster without its key");
            other.warns(lan.address(1) + " searches for members of this cluster without its key");
        }
    }

    @Test
    void shouldNotListenForOthersWithoutAKey() {
        try (Lan lan = Lan.of(1);
                Program open =
                        Program.goawayIn(lan.machine(1), "node", "--cluster", CLUSTER, "--bind", lan.network())) {
            Ended ended = open.ends();
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err()).contains(lan.address(1), "goaway key new", "key_file");
        }
    }
}

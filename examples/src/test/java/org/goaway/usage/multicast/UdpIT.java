package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a trusted network without protection, which have to ask for that. */
@Tag("process")
@Tag("machines")
class UdpIT {

    @TempDir
    private Path folder;

    private Path config(String more) throws IOException {
        return Files.writeString(folder.resolve("goaway.yaml"), """
                cluster: udp
                launch: none
                stack: udp
                expect: 3
                %s
                """.formatted(more));
    }

    @Test
    void shouldRunOnMachinesOfATrustedNetworkAndSayThatItIsNotProtected() throws IOException {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        String config = config("insecure: true").toString();
        try (Lan lan = Lan.of(3);
                Program one = Program.goawayIn(lan.machine(2), "node", "--config", config);
                Program other = Program.goawayIn(lan.machine(3), "node", "--config", config);
                Program puzzle = Program.goawayIn(
                        lan.machine(1),
                        "example",
                        "hash-puzzle",
                        "--config",
                        config,
                        "--range",
                        "4510000..4512000",
                        "--all")) {
            assertThat(puzzle.ends().well().out()).contains("on 2 servers", "solution prefix-4511309");
            one.warns("is not protected: whoever reaches " + lan.address(2) + " can join 'udp'");
            one.isStopped();
            other.isStopped();
        }
    }

    @Test
    void shouldRefuseToBeInsecureUnlessAskedTo() throws IOException {
        String config = config("").toString();
        assertThat(Program.goaway("node", "--config", config).ends().with(1).err())
                .contains(config + ":3: stack: udp is not protected", "insecure: true");
    }
}

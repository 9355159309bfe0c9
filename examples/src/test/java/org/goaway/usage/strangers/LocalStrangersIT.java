package org.goaway.usage.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.goaway.usage.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others on the machine on which a program has launched its servers. They have no key, and need none. */
@Tag("process")
@Tag("machines")
class LocalStrangersIT {

    private static final int FRAMES = Integer.getInteger("goaway.strangers.frames", 2_000);
    private static final long SEED = Long.getLong("goaway.strangers.seed", 1);

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnAsIfNobodyWereThere() throws IOException {
        try (Running running = Running.with(folder, """
                cluster: alone
                launch: local
                servers: 2
                jvm_args: [%s]
                """.formatted(String.join(", ", Running.JVM)))) {
            List<Integer> ports = new ArrayList<>();
            for (ProcessHandle process : processes(running)) {
                List<OpenPorts.Port> open = OpenPorts.of(process.pid());
                assertThat(open).hasSize(1);
                assertThat(open.get(0).protocol()).isEqualTo("tcp");
                assertThat(open.get(0).address()).isEqualTo(InetAddress.getLoopbackAddress());
                ports.add(open.get(0).number());
            }
            assertThat(ports).hasSize(3);

            try (PlainNode plain = PlainNode.joining("alone", ports.get(0), 500)) {
                assertThat(plain.members()).isEqualTo(1);
            }
            for (int i = 0; i < ports.size(); i++) {
                attack(ports.get(i), ports.get((i + 1) % ports.size()));
            }

            Ended ended = running.endsUndisturbed(3).leavingNoneOf(2);
            assertThat(ended.err()).contains("refused a connection from 127.0.0.1, which does not show that it knows");
            System.out.println(ended.out());
        }
    }

    /** The program and its servers. */
    private static List<ProcessHandle> processes(Running running) {
        ProcessHandle program = ProcessHandle.of(running.pid()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(program.children().toList());
        all.add(program);
        return all;
    }

    private static void attack(int port, int other) throws IOException {
        byte[] otherMember = PlainNode.greetingOf(other);
        List<byte[]> recorded = List.of(PlainNode.sent("alone"), otherMember);
        try (Stranger stranger = new Stranger(port)) {
            stranger.saysNothing(200, recorded);
            assertThat(stranger.sends(FRAMES, recorded, SEED)).isZero();
        }
    }
}

package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.launch.Launch;
import org.goaway.internal.launch.Machine;
import org.goaway.internal.launch.Place;
import org.goaway.internal.launch.ServerCommand;
import org.goaway.internal.launch.ServerProcess;
import org.goaway.internal.launch.ServerSettings;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class LaunchedServerTest {

    private static final MemberInfo SPAWNER =
            new MemberInfo(new MemberId(0, 1), "spawner", "127.0.0.1", 9060, 64, true, List.of(), 256, true, 17);

    @Test
    void shouldTellServersHowManyTasksTheyRunOnlyWhereThatIsSet() {
        ServerSettings set = told(ClusterConfig.builder().taskThreads(3).build());
        ServerSettings open = told(ClusterConfig.builder().build());

        assertThat(LaunchedServer.config(set).channel().taskThreads()).isEqualTo(3);
        assertThat(open.find("threads")).isEmpty();
        assertThat(LaunchedServer.config(open).channel().taskThreads()).isEqualTo(Configs.usualTaskThreads());
    }

    private static ServerSettings told(ClusterConfig config) {
        ServerCommand unread = new ServerCommand(Optional.empty(), List.of(), List.of(), "none");
        Launch launch = Launch.begin(unread, List.of(new Place("server-1", new Reading(), 0)), (name, line) -> {});
        try {
            ServerProcess server = launch.started().join().get(0);
            return LaunchedServer.settings("group", server, config, Optional.empty(), SPAWNER);
        } finally {
            launch.abandon();
        }
    }

    /** Its servers read to the end of their input. */
    private static final class Reading implements Machine {

        @Override
        public String on() {
            return "";
        }

        @Override
        public Process start(ServerCommand command) {
            try {
                return new ProcessBuilder("cat").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void signal(Process process, ServerProcess.Signal signal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasEnded(Process process) {
            return !process.isAlive();
        }
    }
}

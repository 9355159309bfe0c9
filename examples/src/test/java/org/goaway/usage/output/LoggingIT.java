package org.goaway.usage.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.TaskOptions;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What tasks log through log4j on a server process comes out of the program's own log4j. */
@Tag("process")
class LoggingIT {

    private static final Path CONFIGURATION = Path.of("src/test/resources/logging/spawner.xml");

    private static Ended run(List<Path> classPath, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "-Dlog4j2.configurationFile=" + CONFIGURATION.toAbsolutePath().toUri();
        all[1] = Main.class.getName();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        try (Program program = Program.java(Path.of(""), classPath, all)) {
            return program.ends().well().leavingNoneOf(1);
        }
    }

    @Test
    void shouldAppearOnceInOrderWithAllThatBelongsToIt() {
        List<String> lines = run(ClassPath.ofTests(), "server-1").lines();

        assertThat(lines)
                .map(line -> line.replaceAll("at application [^ ]*//", "at ").replaceAll(":[0-9]+\\)", ":LINE)"))
                .containsExactly(
                        "[server-1] before",
                        "INFO|chatty|AUDIT|server-1|chunk|ann|hello 1",
                        "DEBUG|chatty||server-1|chunk||told",
                        "[server-1] between",
                        "ERROR|quiet||server-1|chunk||failed",
                        Trouble.class.getName() + ": no disk",
                        "\tat " + Main.class.getName() + ".work(LoggingIT.java:LINE)",
                        "[server-1] after",
                        "joined");
    }

    @Test
    void shouldSayTheSameOfATaskThatRunsWhereItWasStarted() {
        List<String> lines = run(ClassPath.ofTests(), "spawner").lines();

        assertThat(lines)
                .contains(
                        "INFO|chatty|AUDIT|spawner|chunk|ann|hello 1",
                        "DEBUG|chatty||spawner|chunk||told",
                        "ERROR|quiet||spawner|chunk||failed")
                .noneMatch(line -> line.contains("not told"));
    }

    @Test
    void shouldWarnOnTheErrorStreamWhereTheProgramHasNoBackend() {
        List<Path> withoutBackend = ClassPath.ofTests().stream()
                .filter(place -> !place.toString().contains("log4j-core"))
                .toList();

        Ended ended = run(withoutBackend, "server-1");

        assertThat(ended.lines())
                .containsExactly("[server-1] before", "[server-1] between", "[server-1] after", "joined");
        assertThat(ended.err())
                .contains("WARN quiet", "ERROR quiet failed", Trouble.class.getName() + ": no disk")
                .doesNotContain("hello", "chatty");
    }

    @Test
    void shouldForwardTheConsoleOfJavasOwnLoggingByLines() {
        Ended ended = run(ClassPath.ofTests(), "java");

        assertThat(ended.err()).contains("[server-1] WARNING: by java.util.logging");
    }

    /** An exception of the program. */
    static final class Trouble extends Exception {
        private static final long serialVersionUID = 1L;

        Trouble(String message) {
            super(message);
        }
    }

    static final class Main {

        private static final Logger CHATTY = LogManager.getLogger("chatty");
        private static final Logger QUIET = LogManager.getLogger("quiet");

        private Main() {}

        static void work() {
            System.out.println("before");
            ThreadContext.put("user", "ann");
            CHATTY.info(MarkerManager.getMarker("AUDIT"), "hello {}", 1);
            ThreadContext.remove("user");
            CHATTY.debug("told");
            CHATTY.trace("not told");
            System.out.println("between");
            QUIET.warn("not told");
            QUIET.error("failed", new Trouble("no disk"));
            System.out.println("after");
        }

        static void logByJava() {
            java.util.logging.Logger.getLogger("java").log(Level.WARNING, "by java.util.logging");
        }

        public static void main(String[] args) {
            try (Cluster cluster =
                    GoAway.init(ClusterConfig.builder().localServers(1).build())) {
                String name = args[0].equals("spawner") ? "spawner" : "server-1";
                Member member = cluster.members().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                TaskOptions there =
                        TaskOptions.builder().on(member).name("chunk").build();
                if (args[0].equals("java")) {
                    cluster.run(there, Main::logByJava).join();
                } else {
                    cluster.run(there, Main::work).join();
                }
                System.out.println("joined");
            }
        }
    }
}

package org.goaway.usage.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Program;

/** A program that counts while strangers do what they can. */
final class Running implements AutoCloseable {

    /** Little memory, and the end if that does not do. */
    static final String[] JVM = {"-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"};

    /** A warning in ten seconds of each kind, and some lines of each process that started. */
    private static final int MOST_LINES = 40;

    private final Program program;
    private final Path end;

    private Running(Program program, Path end) {
        this.program = program;
        this.end = end;
    }

    /** Starts it with this configuration; returns when it counts. */
    static Running with(Path folder, String config) throws IOException {
        Path file = Files.writeString(folder.resolve("goaway.yaml"), config);
        Path end = folder.resolve("end");
        Program program = Program.java(
                folder,
                ClassPath.ofTests(),
                JVM[0],
                JVM[1],
                JVM[2],
                Workload.class.getName(),
                file.toString(),
                end.toString());
        return new Running(program.prints("counting"), end);
    }

    long pid() {
        return program.pid();
    }

    Program program() {
        return program;
    }

    /** Ends it; fails unless it has lost nothing, and noticed nothing of members. */
    Ended endsUndisturbed(int members) throws IOException {
        Files.createFile(end);
        Ended ended = program.ends().well();
        String[] said = ended.lines().get(1).split("[ ,]+", -1);
        assertThat(ended.lines().get(1)).endsWith("members " + members + ", events []");
        assertThat(Long.parseLong(said[3])).as(ended.out()).isEqualTo(Long.parseLong(said[1]));
        assertSaidLittle(ended);
        return ended;
    }

    static void assertSaidLittle(Ended ended) {
        assertThat(ended.err().lines().count()).as(ended.err()).isLessThan(MOST_LINES);
    }

    @Override
    public void close() {
        program.close();
    }
}

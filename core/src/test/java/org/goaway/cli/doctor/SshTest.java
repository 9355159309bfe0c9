package org.goaway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SshTest {

    private static Finding read(String said) {
        return Ssh.read("ssh ann@far", "ann@far", said);
    }

    private static String clock(long off) {
        return "clock " + (System.currentTimeMillis() / 1000 + off) + "\n";
    }

    @Test
    void shouldBeContentWithAJavaAndAClock() {
        assertThat(read(clock(0) + "openjdk version \"21.0.2\" 2024-01-16\n").verdict())
                .isEqualTo(Finding.Verdict.OK);
    }

    @Test
    void shouldSayWhatToDoWhereSshFails() {
        assertThat(read("Host key verification failed.\n").fix()).contains("accept it once by hand: ssh ann@far");
        assertThat(read("ann@far: Permission denied (publickey).\n").fix()).contains("ssh-copy-id ann@far");
        assertThat(read("").says()).isEqualTo("says nothing");
    }

    @Test
    void shouldSayWhatIsWrongWithTheJava() {
        assertThat(read(clock(0) + "sh: 1: java: not found\n").says())
                .isEqualTo("no Java on its path, nor in its JAVA_HOME");
        assertThat(read(clock(0) + "openjdk version \"11.0.2\"\n").says()).isEqualTo("its Java is 11");
    }

    /** A folder with what the command needs, but no java. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldFindTheJavaOfJavaHomeWhereThereIsNoneOnThePath(@TempDir Path path) throws IOException {
        for (String needed : List.of("sh", "date")) {
            Files.createSymbolicLink(path.resolve(needed), onPath(needed));
        }
        ProcessBuilder shell = new ProcessBuilder(onPath("sh").toString(), "-c", Ssh.LOOK).redirectErrorStream(true);
        shell.environment().put("PATH", path.toString());
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = shell.start();
        process.getOutputStream().close();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(read(said).verdict()).as(said).isEqualTo(Finding.Verdict.OK);
    }

    private static Path onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldNoticeAClockThatIsOff() {
        assertThat(read(clock(-3600) + "openjdk version \"17\"\n").says()).matches("its clock is -36\\d\\d s off");
    }
}

package org.goaway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
        assertThat(read(clock(0) + "sh: 1: java: not found\n").says()).isEqualTo("no Java on its path");
        assertThat(read(clock(0) + "openjdk version \"11.0.2\"\n").says()).isEqualTo("its Java is 11");
    }

    @Test
    void shouldNoticeAClockThatIsOff() {
        assertThat(read(clock(-3600) + "openjdk version \"17\"\n").says()).matches("its clock is -36\\d\\d s off");
    }
}

package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.goaway.usage.Ended;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class DoctorIT {

    /** Where doctors hear each other. */
    static final int PORT = 32_678;

    @Test
    void shouldTryTheNetworkBetweenTwoMachines() {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        // The other one first and for longer, so that both listen at the same time however long it takes to start them.
        try (Lan lan = Lan.of(2);
                Program other = Program.goawayIn(lan.machine(2), "doctor", "--seconds", "15", "--json")) {
            lan.awaitHearing(2, PORT);
            try (Program one = Program.goawayIn(lan.machine(1), "doctor", "--seconds", "5")) {
                Ended ended = one.ends().well();

                assertThat(ended.lines())
                        .anyMatch(line -> line.startsWith("OK    Java "))
                        .anyMatch(line -> line.startsWith("OK    multicast eth0 ") && line.contains(lan.address(2)))
                        .anyMatch(line -> line.startsWith("OK    TCP " + lan.address(2))
                                && line.contains("and this machine from there"));
            }
            assertThat(other.ends().well().out()).contains("\"what\":\"TCP " + lan.address(1) + "\"");
        }
    }

    @Test
    void shouldSayWhatToDoAboutAHostThatIsNotReached() {
        try (Program doctor = Program.goaway("doctor", "--seconds", "1", "nobody@host.invalid")) {
            assertThat(doctor.ends().with(1).lines())
                    .anyMatch(line -> line.startsWith("BAD   ssh nobody@host.invalid ")
                            && (line.contains("by hand: ssh nobody@host.invalid")
                                    || line.contains("install an OpenSSH client")));
        }
    }
}

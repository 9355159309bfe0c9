package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoterChangeTest {

    @ParameterizedTest(name = "{0} to {1} with {2} there, led by 1: {3}")
    @CsvSource({
        "1 2 3,     1 2 3,     1 2 3,     nothing",
        "1 2 3,     1 2 4,     1 2 4,     -3 +4",
        "1 2 3,     1 2 4,     1 2 3 4,   +4 -3",
        "1 2 3,     2 3 4,     1 2 3 4,   +4 -1",
        "1 2 3 4 5, 1 2 3 6 7, 1 2 3 6 7, -4 -5 +6 +7",
        "1,         1 2 3,     1 2 3,     +2 +3",
        "1 2 3,     2,         1 2 3,     -3 -1",
    })
    void shouldChangeOneVoterAfterTheOther(String from, String to, String present, String changes) {
        List<MemberId> voters = new ArrayList<>(ids(from));
        List<String> made = new ArrayList<>();
        while (true) {
            Optional<MemoryLog.Change> next = VoterChange.next(voters, ids(to), ids(present), new MemberId(0, 1));
            if (next.isEmpty()) {
                break;
            }
            made.add((next.get().adds() ? "+" : "-") + next.get().member().low());
            next.get().applyTo(voters);
        }
        assertThat(made.isEmpty() ? "nothing" : String.join(" ", made)).isEqualTo(changes);
        assertThat(voters).containsExactlyInAnyOrderElementsOf(ids(to));
    }

    private static List<MemberId> ids(String members) {
        return Stream.of(members.split(" "))
                .map(member -> new MemberId(0, Long.parseLong(member)))
                .toList();
    }
}

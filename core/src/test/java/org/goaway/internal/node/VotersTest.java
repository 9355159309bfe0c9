package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VotersTest {

    @ParameterizedTest(name = "of {0}, {1} wanted: {2}")
    @CsvSource({
        "1 s9,       3, 1",
        "1 2 s9,     3, 1 2 s9",
        "1 2 3 s9,   3, 1 2 3",
        "1 2 3 4 s9, 3, 1 2 3",
        "1 2 3 4 s9, 5, 1 2 3 4 s9",
        "1 2 3 4 s9, 1, 1",
    })
    void shouldChooseServersAndAnOddNumber(String members, int wanted, String voters) {
        assertThat(Voters.choose(infos(members), wanted)).isEqualTo(ids(voters));
    }

    @ParameterizedTest(name = "{0} vote, {1} are there, {2} wanted: {3}")
    @CsvSource({
        "1 2 3,  1 2 3 s9,     3, 1 2 3",
        "1 2 3,  1 2 3 4 s9,   3, 1 2 3",
        "1 2 3,  1 3 4 s9,     3, 1 4 3",
        "1 2 3,  1 3 s9,       3, 1 s9 3",
        "1 2 3,  1 3,          3, 1 2 3",
        "1 2 3,  3 4 5 s9,     3, 4 5 3",
        "1 2 s9, 1 2 3 s9,     3, 1 2 3",
        "1 2 s9, 1 2 3,        3, 1 2 3",
        "1,      1 2 3 s9,     3, 1 2 3",
        "1,      1 2 3 s9,     1, 1",
        "1 2 3,  1 2 3 4 s9,   5, 1 2 3 4 s9",
        "1 2 3,  1 2 3 4 5 s9, 5, 1 2 3 4 5",
        // Where a change came to no end.
        "1 2 3 4, 1 2 3 4 s9,  3, 1 2 3",
        "1 2 3 4, 1 3 4 s9,    3, 1 s9 3",
        "1 2 3 4, 1 3 4,       3, 1 3 4",
        "1 2,     1 2 s9,      3, 1 2 s9",
        "1 2,     1 2,         3, 1",
        "1 2,     1 2 3 4 s9,  5, 1 2 3 4 s9",
    })
    void shouldReplaceWhoIsGoneAndGrowByTwo(String voting, String members, int wanted, String voters) {
        assertThat(Voters.replace(ids(voting), infos(members), wanted)).isEqualTo(ids(voters));
    }

    private static List<MemberInfo> infos(String members) {
        return Stream.of(members.split(" "))
                .map(member ->
                        new MemberInfo(id(member), member, "", 0, 1, member.startsWith("s"), List.of(), 1, true, 17))
                .toList();
    }

    private static List<MemberId> ids(String members) {
        return Stream.of(members.split(" ")).map(VotersTest::id).toList();
    }

    private static MemberId id(String member) {
        return new MemberId(0, Long.parseLong(member.replace("s", "")));
    }
}

package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

/** A server that was started by hand, and waits for its entry into a cluster that runs. */
class ProgramsTest {

    private static final long START = 1_000_000_000;
    private static final MemberInfo SELF = member(1, false);
    private static final MemberInfo OTHER = member(2, false);
    private static final MemberInfo PROGRAM = member(3, true);

    private final List<MemberInfo> seen = new ArrayList<>(List.of(SELF, OTHER, PROGRAM));
    private int strangers;
    private boolean invited;
    private final Programs programs =
            new Programs(() -> seen, () -> strangers, Optional::empty, () -> invited, () -> true);

    private static MemberInfo member(long id, boolean spawner) {
        return new MemberInfo(new MemberId(0, id), "m" + id, "", 0, 1, spawner, List.of(), 1, true, 17);
    }

    private void tick(long nanos) {
        programs.onTick(START + nanos);
    }

    private String reason() {
        return programs.over().getNow(null);
    }

    @Test
    void shouldWaitForEverWhileNoClusterHasInvitedIt() {
        seen.remove(PROGRAM);
        tick(0);
        tick(10 * Programs.CUT_OFF_NANOS);

        assertThat(reason()).isNull();
    }

    @Test
    void shouldWaitForItsEntryForAsLongAsOneThatIsCutOffWaits() {
        tick(0);
        invited = true;
        tick(Programs.CUT_OFF_NANOS - 1);
        assertThat(reason()).isNull();

        tick(Programs.CUT_OFF_NANOS);
        assertThat(reason()).isEqualTo("the cluster has not taken this member in");
    }

    /** The time before the invitation does not count. */
    @Test
    void shouldCountFromTheInvitation() {
        tick(0);
        tick(5 * Programs.CUT_OFF_NANOS);
        invited = true;
        tick(6 * Programs.CUT_OFF_NANOS - 1);

        assertThat(reason()).isNull();
    }

    @Test
    void shouldEndAtOnceWhenTheProgramThatInvitedItIsGone() {
        tick(0);
        invited = true;
        seen.remove(PROGRAM);
        strangers = 1;
        tick(1);
        assertThat(reason()).as("the stranger may be a program").isNull();

        strangers = 0;
        tick(2);
        assertThat(reason()).isEqualTo("the program has ended before its cluster took this member in");
    }

    @Test
    void shouldStayOnceItIsIn() {
        tick(0);
        invited = true;
        programs.joined(PROGRAM);
        programs.onEpoch(Epoch.founding(Set.of(SELF.id(), OTHER.id(), PROGRAM.id())));
        tick(2 * Programs.CUT_OFF_NANOS);

        assertThat(reason()).isNull();
    }
}

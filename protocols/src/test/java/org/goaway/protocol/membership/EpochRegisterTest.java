package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;
import org.goaway.protocol.membership.MembershipCommand.Promote;
import org.goaway.protocol.membership.MembershipCommand.Renew;
import org.goaway.protocol.membership.MembershipCommand.Renewal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PROTOCOLS.md 1.1, rule by rule. */
class EpochRegisterTest {

    private static final MemberId A = new MemberId(0, 1);
    private static final MemberId B = new MemberId(0, 2);
    private static final MemberId C = new MemberId(0, 3);

    private final EpochRegister register = new EpochRegister();

    @BeforeEach
    void found() {
        register.apply(new Found(Epoch.founding(new TreeSet<>(List.of(A, B)))));
    }

    private Epoch change(long from, List<Drop> drop, MemberId... add) {
        return ((Agreed) register.apply(new Change(from, drop, List.of(add)))).epoch();
    }

    private static Drop drop(MemberId member) {
        return new Drop(member, 0);
    }

    private Set<MemberId> renew(MemberId member, long known) {
        return ((Renewed) register.apply(new Renew(List.of(new Renewal(member, known))))).granted();
    }

    @Test
    void shouldKnowNothingBeforeTheFounding() {
        assertThat(new EpochRegister().apply(new Renew(List.of()))).isEqualTo(new Founded(null));
        assertThat(new EpochRegister().current()).isEmpty();
    }

    @Test
    void shouldFoundOnce() {
        Message second = register.apply(new Found(Epoch.founding(Set.of(C))));
        assertThat(((Founded) second).epoch().members()).containsExactly(A, B);
    }

    @Test
    void shouldDropAndAddInOneStep() {
        Epoch next = change(1, List.of(drop(B)), C);
        assertThat(next).isEqualTo(new Epoch(2, Map.of(A, 1L, C, 2L), List.of(A)));
    }

    @Test
    void shouldRefuseAChangeOfAnotherEpoch() {
        change(1, List.of(), C);
        assertThat(change(1, List.of(drop(B))).number()).isEqualTo(2);
        assertThat(change(3, List.of(drop(B))).members()).contains(B);
    }

    @Test
    void shouldRefuseAChangeOfNothing() {
        assertThat(change(1, List.of(drop(C)), A).number()).isEqualTo(1);
    }

    @Test
    void shouldNotDropAMemberThatWasRenewedSince() {
        assertThat(renew(B, 1)).containsExactly(B);
        Epoch next = change(1, List.of(drop(B)), C);
        assertThat(next.members()).containsExactly(A, B, C);
        assertThat(change(2, List.of(new Drop(B, 1))).members()).containsExactly(A, C);
    }

    @Test
    void shouldDropAMemberThatSurelyHoldsNoLeaseWhateverWasRenewed() {
        renew(B, 1);
        assertThat(change(1, List.of(new Drop(B, Long.MAX_VALUE))).members()).containsExactly(A);
    }

    @Test
    void shouldRefuseToLoseAllData() {
        change(1, List.of(drop(B)), C);
        assertThat(change(2, List.of(drop(A))).number()).isEqualTo(2);
    }

    @Test
    void shouldBeginANewStintForWhoIsDroppedAndAdded() {
        Epoch next = change(1, List.of(drop(B)), B);
        assertThat(next).isEqualTo(new Epoch(2, Map.of(A, 1L, B, 2L), List.of(A)));
    }

    @Test
    void shouldCountTheRenewalsOfEachStintFromNought() {
        renew(B, 1);
        change(1, List.of(new Drop(B, 1)), B);
        assertThat(change(2, List.of(drop(B))).members()).containsExactly(A);
    }

    @Test
    void shouldMakeThePromotedFullInTheNextEpochOnly() {
        change(1, List.of(), C);
        Agreed promoted = (Agreed) register.apply(new Promote(C, 2));
        assertThat(promoted.epoch().full()).containsExactly(A, B);
        assertThat(promoted.promoted()).containsExactly(C);
        Epoch next = change(2, List.of());
        assertThat(next.number()).isEqualTo(3);
        assertThat(next.full()).containsExactly(A, B, C);
        assertThat(next.joined()).containsEntry(C, 2L);
    }

    @Test
    void shouldForgetAPromotionOfAnEarlierStint() {
        change(1, List.of(), C);
        change(2, List.of(drop(C)));
        change(3, List.of(), C);
        register.apply(new Promote(C, 2));
        assertThat(change(4, List.of(drop(B))).full()).containsExactly(A);
    }

    @Test
    void shouldForgetAPromotionWithItsMember() {
        change(1, List.of(), C);
        register.apply(new Promote(C, 2));
        assertThat(change(2, List.of(drop(C)), C).full()).containsExactly(A, B);
        assertThat(change(3, List.of()).number()).isEqualTo(3);
    }

    @Test
    void shouldRenewOnlyMembersThatKnowTheirStint() {
        assertThat(renew(C, 5)).isEmpty();
        change(1, List.of(drop(B)), B);
        assertThat(renew(B, 1)).isEmpty();
        assertThat(renew(B, 2)).containsExactly(B);
        assertThat(renew(A, 1)).containsExactly(A);
    }

    @Test
    void shouldGoOnFromASnapshot() {
        change(1, List.of(), C);
        register.apply(new Promote(C, 2));
        renew(B, 1);
        List<Message> pieces = new ArrayList<>();
        register.writeTo(pieces::add);
        EpochRegister restored = new EpochRegister();
        pieces.forEach(piece -> restored.read((Agreed) piece));
        Change next = new Change(2, List.of(drop(B), drop(A)), List.of());
        assertThat(restored.apply(next)).isEqualTo(register.apply(next));
        assertThat(restored.current()).contains(new Epoch(3, Map.of(B, 1L, C, 2L), List.of(B, C)));
    }
}

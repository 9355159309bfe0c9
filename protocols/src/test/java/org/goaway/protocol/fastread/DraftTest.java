package org.goaway.protocol.fastread;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Change;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Test;

/** How operations are decided at the home; the copy holds x = 5 at version 3, and the text 'word' at version 3. */
class DraftTest {

    private static final Value FIVE = ShortNumbers.value(5);
    private static final Value SIX = ShortNumbers.value(6);
    private static final Value WORD = Value.of("more than eight bytes".getBytes(UTF_8));
    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");
    private static final int MOST = 1_000;
    private static final Version THREE = new Version(1, 3);
    private static final Version FOUR = new Version(1, 4);

    private final Replica replica = replica();
    private final Draft draft = new Draft(replica, new ShortNumbers(), 1, MOST);

    @Test
    void shouldRefuseAnotherValueThanTheExpected() {
        assertRefused(new Operation.CompareAndSet("x", SIX, FIVE), FIVE);
        assertRefused(new Operation.CompareAndSet("x", null, FIVE), FIVE);
        assertRefused(new Operation.SetIf("x", Version.NONE, FIVE), FIVE);
        assertRefused(new Operation.SetIf("x", FOUR, FIVE), FIVE);
    }

    @Test
    void shouldRefuseWhatMakesTheObjectTooLarge() {
        Value half = Value.of(new byte[MOST / 2]);
        assertThat(draft.apply(new Operation.Set("a", half)).result()).isEqualTo(Result.DONE);
        Answer refused = draft.apply(new Operation.Set("b", half));
        assertThat(refused.result()).isEqualTo(Result.TOO_LARGE);
        assertThat(refused.version().count()).isBetween(MOST + 1L, 2L * MOST);
        assertThat(draft.apply(new Operation.Set("a", null)).result()).isEqualTo(Result.DONE);
        assertThat(draft.apply(new Operation.Set("b", half)).result()).isEqualTo(Result.DONE);
        assertThat(draft.changes()).containsExactly(new Change("a", null), new Change("b", half));
    }

    @Test
    void shouldLetAnObjectThatIsTooLargeShrink() {
        Draft full = new Draft(replica, new ShortNumbers(), 1, replica.size() - 1);
        assertThat(full.apply(new Operation.Set("x", SIX)).result()).isEqualTo(Result.DONE);
        assertThat(full.apply(new Operation.Set("word", SIX)).result()).isEqualTo(Result.DONE);
        assertThat(full.apply(new Operation.Set("y", null)).result()).isEqualTo(Result.DONE);
        assertThat(full.apply(new Operation.Set("y", SIX)).result()).isEqualTo(Result.TOO_LARGE);
    }

    @Test
    void shouldApplyUnderTheNextVersion() {
        assertThat(draft.apply(new Operation.SetIf("x", THREE, SIX))).isEqualTo(new Answer(Result.DONE, FOUR, null));
        assertThat(draft.changes()).containsExactly(new Change("x", SIX));
        assertThat(draft.version()).isEqualTo(FOUR);
    }

    @Test
    void shouldCountAFieldNeverSetAsZero() {
        assertThat(draft.apply(new Operation.Add("new", 6)).value()).isEqualTo(SIX);
        assertThat(draft.apply(new Operation.Add("x", 1)).value()).isEqualTo(SIX);
    }

    @Test
    void shouldNotAddToWhatIsNoNumber() {
        Answer answer = draft.apply(new Operation.Add("word", 1));
        assertThat(answer).isEqualTo(new Answer(Result.NOT_A_NUMBER, THREE, WORD));
        assertThat(draft.isEmpty()).isTrue();
    }

    @Test
    void shouldDecideEachUponTheOnesBefore() {
        draft.apply(new Operation.Set("x", SIX));
        assertThat(draft.apply(new Operation.CompareAndSet("x", FIVE, null)).result())
                .isEqualTo(Result.REFUSED);
        assertThat(draft.apply(new Operation.CompareAndSet("x", SIX, null)).result())
                .isEqualTo(Result.DONE);
    }

    @Test
    void shouldTellTheRoundsVersionOnlyToTheLastOfAField() {
        Operation first = new Operation.Set("x", SIX);
        Operation second = new Operation.Set("x", FIVE);
        Operation third = new Operation.Set("y", SIX);
        List<Answer> answers = List.of(draft.apply(first), draft.apply(second), draft.apply(third));
        Version round = new Version(1, 6);
        assertThat(draft.version()).isEqualTo(round);
        assertThat(draft.settle(first, answers.get(0)).version()).isEqualTo(FOUR);
        assertThat(draft.settle(second, answers.get(1)).version()).isEqualTo(round);
        assertThat(draft.settle(third, answers.get(2)).version()).isEqualTo(round);
    }

    @Test
    void shouldClearAllFieldsThatHaveAValue() {
        draft.apply(new Operation.Set("y", SIX));
        draft.apply(new Operation.Set("x", null));
        draft.apply(new Operation.Clear());
        assertThat(draft.changes())
                .containsExactlyInAnyOrder(new Change("x", null), new Change("y", null), new Change("word", null));
    }

    @Test
    void shouldKnowNoVersionOfWhatIsAbsent() {
        Operation removal = new Operation.Set("x", null);
        assertThat(draft.settle(removal, draft.apply(removal)).version()).isEqualTo(Version.NONE);
        assertThat(draft.apply(new Operation.SetIf("x", THREE, SIX)))
                .isEqualTo(new Answer(Result.REFUSED, Version.NONE, null));
        assertThat(draft.apply(new Operation.SetIf("x", Version.NONE, SIX)).result())
                .isEqualTo(Result.DONE);
        assertThat(draft.apply(new Operation.SetIf("y", Version.NONE, SIX)).result())
                .isEqualTo(Result.DONE);
    }

    @Test
    void shouldChangeNothingByRemovingWhatIsAbsent() {
        draft.apply(new Operation.Set("none", null));
        assertThat(draft.isEmpty()).isTrue();
        draft.apply(new Operation.Set("x", null));
        assertThat(draft.isEmpty()).isFalse();
    }

    @Test
    void shouldRefuseALowerTokenThanTheHighestSeen() {
        draft.apply(new Operation.Set("x", SIX), new Fence(LOCK, 7));
        assertThat(draft.fences()).containsExactly(new Fence(LOCK, 7));
        assertThat(draft.apply(new Operation.Set("x", FIVE), new Fence(LOCK, 6)))
                .isEqualTo(new Answer(Result.STALE_TOKEN, new Version(0, 7), null));
        assertThat(draft.apply(new Operation.Set("y", FIVE), new Fence(LOCK, 7)).result())
                .isEqualTo(Result.DONE);
    }

    @Test
    void shouldKeepAHigherTokenEvenOfAWriteThatIsRefused() {
        draft.apply(new Operation.CompareAndSet("x", SIX, FIVE), new Fence(LOCK, 7));
        assertThat(draft.changes()).isEmpty();
        assertThat(draft.isEmpty()).isFalse();
        assertThat(draft.version()).isEqualTo(FOUR);
    }

    private void assertRefused(Operation operation, Value current) {
        assertThat(draft.apply(operation)).isEqualTo(new Answer(Result.REFUSED, THREE, current));
        assertThat(draft.isEmpty()).isTrue();
    }

    private static Replica replica() {
        ObjectId object = new ObjectId(ObjectId.Kind.FAST_READ, "object");
        Replica replica = new Replica(object, new Synced(), () -> true);
        List<Change> changes = List.of(new Change("x", FIVE), new Change("word", WORD));
        Lock lock = new Lock(1, object, THREE, Version.NONE, changes, List.of(), List.of());
        replica.install(lock, Epoch.founding(Set.of(new MemberId(0, 1))), Entry.State.VALID);
        return replica;
    }
}

package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Version;
import org.goaway.protocol.coordination.Amount;
import org.goaway.protocol.coordination.CoordinationCommand.Acquire;
import org.goaway.protocol.coordination.CoordinationCommand.Available;
import org.goaway.protocol.coordination.CoordinationCommand.Release;
import org.goaway.protocol.coordination.CoordinationPiece;
import org.goaway.protocol.membership.Agreed;
import org.goaway.protocol.membership.Found;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;
import org.goaway.protocol.strict.News;
import org.goaway.protocol.strict.StrictCommand;
import org.goaway.protocol.strict.StrictPiece;
import org.goaway.protocol.strict.WatchedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Epochs and commands in one log. */
class SpineStateTest {

    private static final MemberId A = new MemberId(0, 1);
    private static final MemberId B = new MemberId(0, 2);
    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.STRICT, "s");

    private static final StrictCommand WATCH =
            new StrictCommand.Watch(List.of(new WatchedField(OBJECT, "f", Version.NONE)));

    private final LongNumbers numbers = new LongNumbers();
    private final SpineState state = new SpineState(numbers);

    @BeforeEach
    void found() {
        state.apply(new Found(Epoch.founding(Set.of(A, B))));
    }

    /** What became of "add one" by B; null: that is forgotten. */
    private Long add(long sequence) {
        Operation add = new Operation.Add("f", 1);
        Message answer = answer(new Command(B, sequence, 1, new StrictCommand.Operate(OBJECT, add)));
        return answer.equals(new Forgotten()) ? null : numbers.readOrNull(((Answer) answer).value());
    }

    /** What B is answered. */
    private Message answer(long sequence, Message body) {
        return answer(new Command(B, sequence, sequence, body));
    }

    private Message answer(Command command) {
        Applied applied = (Applied) state.apply(new Entry(List.of(command)));
        assertThat(applied.replies()).hasSize(1);
        return applied.replies().get(0).answer();
    }

    private Epoch change(long from, List<Drop> drop, List<MemberId> add) {
        return ((Agreed) state.apply(new Change(from, drop, add))).epoch();
    }

    @Test
    void shouldTakeChangesAsEntriesOfTheirOwn() {
        assertThat(change(1, List.of(new Drop(B, 0)), List.of()).members()).containsExactly(A);
    }

    @Test
    void shouldNotApplyACommandAgainWhenItsClientIsDroppedOrBack() {
        assertThat(add(1)).isEqualTo(1);
        assertThat(add(1)).isEqualTo(1);
        assertThat(add(2)).isEqualTo(2);
        change(1, List.of(new Drop(B, 0)), List.of());
        assertThat(add(1)).isNull();
        change(2, List.of(), List.of(B));
        assertThat(add(2)).isNull();
        assertThat(add(3)).isEqualTo(3);
        assertThat(add(3)).isEqualTo(3);
    }

    @Test
    void shouldCountTheReleaseOfAMemberThatIsOutForWhatWasTakenFromIt() {
        Amount none = new Amount(0);
        Amount one = new Amount(1);
        answer(1, new Acquire("s", 1, 1, true));
        change(1, List.of(new Drop(B, 0)), List.of());
        assertThat(answer(2, new Release("s", 1))).isEqualTo(one);
        assertThat(answer(3, new Release("s", 1))).isInstanceOf(Rejected.class);
        assertThat(answer(4, new Acquire("s", 1, 2, true))).isInstanceOf(Rejected.class);
        change(2, List.of(), List.of(B));
        answer(5, new Acquire("s", 1, 2, true));
        assertThat(answer(6, new Available("s", 1))).isEqualTo(none);
        assertThat(answer(7, new Release("s", 1))).isEqualTo(one);
    }

    @Test
    void shouldForgetWhatWasTakenFromAMemberThatNeverComesBack() {
        answer(1, new Acquire("s", 1, 1, true));
        change(1, List.of(new Drop(B, 0)), List.of());
        assertThat(owing()).containsExactly(B, B);
        change(2, List.of(), List.of(B));
        answer(2, new Acquire("s", 1, 2, true));
        change(3, List.of(new Drop(B, Long.MAX_VALUE)), List.of());
        assertThat(owing()).isEmpty();
        assertThat(answer(3, new Release("s", 1))).isInstanceOf(Rejected.class);
        change(4, List.of(), List.of(B));
        assertThat(answer(4, new Available("s", 1))).isEqualTo(new Amount(1));
    }

    /** Who is to release a permit that was taken from it, or to tell whether it knew of one. */
    private List<MemberId> owing() {
        List<MemberId> owing = new ArrayList<>();
        state.writeTo(piece -> {
            if (piece instanceof CoordinationPiece.OfSemaphore semaphore) {
                owing.addAll(semaphore.returned().keySet());
            } else if (piece instanceof CoordinationPiece.OfEnded ended) {
                owing.add(ended.member());
            }
        });
        return owing;
    }

    @Test
    void shouldForgetTheWatchesOfAMemberThatLeaves() {
        answer(1, WATCH);
        assertThat(watchers()).containsExactly(B);
        change(1, List.of(new Drop(B, 0)), List.of());
        assertThat(watchers()).isEmpty();
        add(2);
        assertThat(((News) answer(3, WATCH)).changes()).hasSize(1);
        assertThat(watchers()).isEmpty();
        change(2, List.of(), List.of(B));
        answer(4, WATCH);
        assertThat(watchers()).containsExactly(B);
    }

    private List<MemberId> watchers() {
        List<MemberId> watchers = new ArrayList<>();
        state.writeTo(piece -> {
            if (piece instanceof StrictPiece.Watcher watcher) {
                watchers.add(watcher.member());
            }
        });
        return watchers;
    }

    @Test
    void shouldRememberThatInASnapshot() {
        assertThat(add(1)).isEqualTo(1);
        change(1, List.of(new Drop(B, 0)), List.of());
        List<Message> pieces = new ArrayList<>();
        state.writeTo(pieces::add);
        state.readFrom(pieces.iterator());
        assertThat(add(1)).isNull();
        assertThat(add(2)).isEqualTo(2);
        assertThat(change(2, List.of(), List.of(B)).number()).isEqualTo(3);
    }
}

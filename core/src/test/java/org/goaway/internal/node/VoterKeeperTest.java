package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoterKeeperTest {

    private final List<List<MemberId>> changes = new ArrayList<>();
    private CompletableFuture<Void> changed = new CompletableFuture<>();
    private boolean leads = true;
    private List<MemberId> voters = ids(1, 2, 3);
    private List<MemberInfo> members = infos(ids(1, 2, 3, 4));
    private final VoterKeeper keeper = new VoterKeeper(() -> leads, () -> voters, () -> members, this::change, () -> 3);

    @Test
    void shouldReplaceAVoterOnlyAfterItHasBeenGoneForLong() {
        tick(1);
        members = infos(ids(1, 3, 4));
        tick(5);
        assertThat(changes).isEmpty();
        tick(12);
        assertThat(changes).containsExactly(ids(1, 4, 3));
    }

    @Test
    void shouldReplaceAVoterThatHasEndedAtOnce() {
        tick(1);
        keeper.onEnded(ids(2).get(0));
        tick(1);
        assertThat(changes).containsExactly(ids(1, 4, 3));
    }

    @Test
    void shouldMakeOneChangeAtATimeAndTryAgain() {
        members = infos(ids(1, 3, 4));
        tick(20);
        tick(21);
        assertThat(changes).hasSize(1);
        CompletableFuture<Void> first = changed;
        changed = new CompletableFuture<>();
        first.completeExceptionally(new IllegalStateException("no majority"));
        tick(22);
        assertThat(changes).hasSize(2);
    }

    @Test
    void shouldTakeAnotherOneWhereTheOneThatLearnsHasEnded() {
        members = infos(ids(1, 2, 3, 4, 5));
        keeper.onEnded(ids(2).get(0));
        tick(1);
        assertThat(changes).containsExactly(ids(1, 4, 3));
        keeper.onEnded(ids(4).get(0)); // it is seen still
        tick(2);
        tick(3);
        assertThat(changes).containsExactly(ids(1, 4, 3), ids(1, 5, 3));
    }

    @Test
    void shouldTakeAnotherOneWhereTheOneThatLearnsIsGoneForLong() {
        members = infos(ids(1, 2, 3, 4, 5));
        keeper.onEnded(ids(2).get(0));
        tick(1);
        members = infos(ids(1, 3, 5));
        tick(10);
        assertThat(changes).hasSize(1);
        tick(11);
        assertThat(changes).containsExactly(ids(1, 4, 3), ids(1, 5, 3));
    }

    /** It is with its vote when the voter to go goes. */
    @Test
    void shouldLetAChangeGoOnOnceTheNewOneVotes() {
        keeper.onEnded(ids(2).get(0));
        tick(1);
        voters = ids(1, 2, 3, 4);
        keeper.onEnded(ids(4).get(0));
        tick(2);
        assertThat(changes).hasSize(1);
    }

    @Test
    void shouldTryAgainWhatIsNotAnsweredForLong() {
        keeper.onEnded(ids(2).get(0));
        tick(1);
        tick(120);
        assertThat(changes).hasSize(1);
        tick(121);
        assertThat(changes).containsExactly(ids(1, 4, 3), ids(1, 4, 3));
    }

    @Test
    void shouldChangeNothingWhereItDoesNotLead() {
        leads = false;
        members = infos(ids(1, 3, 4));
        tick(20);
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldReplaceTheNextOneAsSoonAsTheFirstIsReplaced() {
        changed.complete(null);
        tick(1);
        keeper.onEnded(ids(2).get(0));
        tick(1);
        keeper.onTick(TimeUnit.SECONDS.toNanos(1) + 1);
        assertThat(changes).hasSize(2);
    }

    @ParameterizedTest(name = "{0} vote, {1} are there, {2} go: {3} wait")
    @CsvSource({
        "1 2 3,   1 2 3 4, 2,     2",
        "1 2 3,   1 2 3 4, 4,     ''",
        // One substitute for two: the second stays until the first is replaced, whoever that is.
        "1 2 3,   1 2 3 4, 1 2,   1 2",
        "4 2 3,   1 2 3 4, 1 2,   ''",
        "1 3 4,   1 2 3 4, 1 2,   ''",
        // In the middle of that change three of four are needed.
        "1 2 3 4, 1 2 3 4, 1 2,   1 2",
        "1 2 3 4, 2 3 4,   2,     2",
        "2 3,     2 3 4,   2,     2",
        // Nobody is left to take a vote over.
        "1 2 3,   1 2 3,   2,     ''",
        "1 2 3,   1 2 3,   1 2,   ''",
        "1 2 3,   1 2 3 4, 1 2 4, ''",
        "1,       1 2 3,   1,     ''",
    })
    void shouldKeepAVoterThatGoesWhileItIsNeeded(String voting, String present, String going, String waiting) {
        voters = ids(voting);
        members = infos(ids(present));
        ids(going).forEach(keeper::onEnded);
        assertThat(ids(going).stream().filter(keeper::isNeeded)).isEqualTo(ids(waiting));
    }

    private CompletableFuture<Void> change(List<MemberId> voters) {
        changes.add(voters);
        return changed;
    }

    private void tick(long seconds) {
        keeper.onTick(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static List<MemberId> ids(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> new MemberId(0, number))
                .toList();
    }

    private static List<MemberId> ids(String numbers) {
        return Stream.of(numbers.split(" "))
                .filter(number -> !number.isEmpty())
                .map(number -> new MemberId(0, Long.parseLong(number)))
                .toList();
    }

    private static List<MemberInfo> infos(List<MemberId> ids) {
        return ids.stream()
                .map(id -> new MemberInfo(id, id.toString(), "", 0, 1, false, List.of(), 1, true, 17))
                .toList();
    }
}

package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class VoterKeeperTest {

    private final List<List<MemberId>> changes = new ArrayList<>();
    private CompletableFuture<Void> changed = new CompletableFuture<>();
    private boolean leads = true;
    private List<MemberInfo> members = infos(1, 2, 3, 4);
    private final VoterKeeper keeper =
            new VoterKeeper(() -> leads, () -> ids(1, 2, 3), () -> members, this::change, () -> 3);

    @Test
    void shouldReplaceAVoterOnlyAfterItHasBeenGoneForLong() {
        tick(1);
        members = infos(1, 3, 4);
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
        members = infos(1, 3, 4);
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
    void shouldChangeNothingWhereItDoesNotLead() {
        leads = false;
        members = infos(1, 3, 4);
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

    @Test
    void shouldTellWhetherAVoterThatGoesCanBeReplaced() {
        assertThat(keeper.isReplaceable(ids(2).get(0))).isTrue();
        assertThat(keeper.isReplaceable(ids(4).get(0))).as("has no vote").isFalse();
        keeper.onEnded(ids(1).get(0));
        assertThat(keeper.isReplaceable(ids(2).get(0)))
                .as("the other one comes first")
                .isFalse();
        assertThat(keeper.isReplaceable(ids(1).get(0))).isTrue();
        keeper.onEnded(ids(4).get(0));
        assertThat(keeper.isReplaceable(ids(1).get(0)))
                .as("the substitute goes, too")
                .isFalse();
        members = infos(2);
        assertThat(keeper.isReplaceable(ids(2).get(0))).as("nobody is left").isFalse();
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

    private static List<MemberInfo> infos(long... numbers) {
        return ids(numbers).stream()
                .map(id -> new MemberInfo(id, id.toString(), "", 0, 1, false, List.of(), 1, true, 17))
                .toList();
    }
}

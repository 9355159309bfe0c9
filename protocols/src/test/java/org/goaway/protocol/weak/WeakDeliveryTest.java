package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.goaway.protocol.weak.Scripted.OBJECT;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Message;
import org.junit.jupiter.api.Test;

/** What is repeated, acknowledged, doubted and forgotten where messages and epochs come when the test says. */
class WeakDeliveryTest {

    private final Scripted pair = new Scripted(2);
    /** The second was dropped and taken in again. */
    private final Epoch anew = pair.epoch(3, 1, 3);

    @Test
    void shouldRepeatWhatWaitsBehindMuchElseAfterTwoSecondsAtMost() {
        pair.learn(pair.founding(), 0);
        pair.set(0, 600, 100_000);
        pair.take(0, 1);
        CompletableFuture<Void> sync = pair.weak(0).sync(OBJECT);
        List<Message> batches = pair.take(0, 1);
        Sets last = (Sets) batches.get(batches.size() - 1);
        assertThat(pair.repeats(last, Duration.ofSeconds(7))).containsExactly(2_000L, 4_000L, 6_000L);
        assertThat(sync).isNotDone();
    }

    @Test
    void shouldRepeatALargeValueWhenItHasHadTheTimeToGetThrough() {
        pair.learn(pair.founding(), 0);
        pair.set(0, 1, 50_000_000);
        CompletableFuture<Void> sync = pair.weak(0).sync(OBJECT);
        Sets only = (Sets) pair.take(0, 1).get(0);
        assertThat(pair.repeats(only, Duration.ofSeconds(6))).containsExactly(2_610L, 5_220L);
        assertThat(sync).isNotDone();
    }

    @Test
    void shouldEndALargeSyncSoonAfterAMemberHasRefusedItAndEnteredAnew() {
        pair.learn(pair.founding(), 0, 1);
        pair.set(0, 10_000, 1_000);
        CompletableFuture<Void> sync = pair.weak(0).sync(OBJECT);
        pair.learn(anew, 1);
        pair.deliver();
        pair.learn(anew, 0);
        assertThat(pair.run(sync, Duration.ofMillis(200))).isTrue();
        assertThat(pair.replica(1).fields()).hasSize(10_000);
    }

    @Test
    void shouldEndALargeSyncSoonAfterAMemberThatWasBehindHasEnteredAnew() {
        pair.learn(pair.founding(), 0, 1);
        pair.set(0, 1, 0);
        pair.deliver();
        pair.learn(anew, 0);
        pair.set(0, 10_000, 1_000);
        CompletableFuture<Void> sync = pair.weak(0).sync(OBJECT);
        pair.deliver(0, 1);
        assertThat(pair.underWay(1, 0)).isEmpty();
        pair.learn(anew, 1);
        assertThat(pair.underWay(1, 0)).as("it doubts what it got").noneMatch(Installed.class::isInstance);
        assertThat(pair.run(sync, Duration.ofMillis(300))).isTrue();
        assertThat(pair.replica(1).fields()).hasSize(10_000);
    }

    @Test
    void shouldAcknowledgeWhatCameBeforeItsEpoch() {
        pair.learn(pair.founding(), 0, 1);
        pair.learn(pair.epoch(3, 1, 1), 0);
        pair.set(0, 10_000, 1_000);
        CompletableFuture<Void> sync = pair.weak(0).sync(OBJECT);
        pair.deliver();
        pair.learn(pair.epoch(2, 1, 1), 1);
        pair.deliver();
        assertThat(sync).isNotDone();
        pair.learn(pair.epoch(3, 1, 1), 1);
        pair.deliver();
        assertThat(sync).isCompleted();
    }

    @Test
    void shouldAcknowledgeWhatCameBeforeItsFirstEpoch() {
        pair.learn(pair.founding(), 0);
        pair.set(0, 10_000, 1_000);
        CompletableFuture<Void> sync = pair.weak(0).sync(OBJECT);
        pair.deliver();
        assertThat(sync).isNotDone();
        pair.learn(pair.founding(), 1);
        pair.deliver();
        assertThat(sync).isCompleted();
    }

    @Test
    void shouldNotAcknowledgeWhatItDoubtsSinceItEnteredAnewMeanwhile() {
        pair.learn(pair.founding(), 0, 1);
        pair.set(0, 1, 1_000);
        pair.take(0, 1).forEach(message -> pair.weak(1).onMessage(pair.id(0), message));
        pair.learn(anew, 1);
        assertThat(pair.underWay(1, 0)).noneMatch(Installed.class::isInstance);
    }

    /** It was dropped and taken in again, and doubts what it sent before; or it has gone. */
    @Test
    void shouldNotAcknowledgeWhatItsSenderMayNotHaveAnyMore() {
        for (long since : List.of(4, 0)) {
            Scripted two = new Scripted(2);
            two.learn(two.founding(), 0, 1);
            two.learn(two.epoch(3, 1, 1), 0);
            two.set(0, 1, 1_000);
            two.deliver();
            two.learn(two.epoch(4, since, 1), 1);
            assertThat(two.replica(1).get("f0")).isNotNull();
            assertThat(two.underWay(1, 0)).as("member since %s", since).noneMatch(Installed.class::isInstance);
        }
    }

    /** It never learned of the epoch into which it was taken in first, and in which it got something. */
    @Test
    void shouldDoubtWhatItGotInAStintThatItNeverLearnedOf() {
        pair.learn(pair.epoch(2, 1, 2), 0);
        pair.set(0, 1, 0);
        pair.deliver();
        assertThat(pair.replica(1).get("f0")).isNotNull();
        pair.learn(pair.epoch(3, 1), 0);
        pair.weak(0).set(OBJECT, "f0", null);
        pair.run(Duration.ofSeconds(10));
        assertThat(pair.replica(0).versioned()).as("forgotten").isEmpty();
        pair.weak(1).set(OBJECT, "own", WeakMembers.value(1, 0));
        pair.learn(pair.epoch(4, 1, 4), 1, 0);
        pair.run(Duration.ofSeconds(10));
        assertThat(pair.replica(0).fields()).containsExactly("own");
        assertThat(pair.replica(1).fields()).containsExactly("own");
    }

    @Test
    void shouldPassOnWhatItGotBeforeItsFirstEpochFromOneThatIsLost() {
        Scripted three = new Scripted(3);
        three.learn(three.epoch(2, 1, 2, 1), 0, 2);
        three.weak(2).set(OBJECT, "f", WeakMembers.value(1, 0));
        three.deliver(2, 1);
        three.take(2, 0);
        three.learn(three.epoch(3, 1, 2), 0, 1);
        three.run(Duration.ofSeconds(1));
        assertThat(three.replica(1).fields()).containsExactly("f");
        assertThat(three.replica(0).fields()).containsExactly("f");
    }

    /** It lost to a removal, which was forgotten before the member came to know the epoch. */
    @Test
    void shouldNotAcknowledgeWhatLostToSomethingThatIsForgottenSince() {
        pair.learn(pair.founding(), 0, 1);
        pair.learn(pair.epoch(2, 1), 0);
        pair.weak(0).set(OBJECT, "g", WeakMembers.value(1, 0));
        pair.weak(0).set(OBJECT, "f", null);
        pair.learn(anew, 1);
        pair.weak(1).set(OBJECT, "f", WeakMembers.value(2, 0));
        pair.deliver(1, 0);
        assertThat(pair.replica(0).get("f")).isNull();
        for (int second = 0; second < 5; second++) {
            pair.pass(Duration.ofSeconds(1));
            pair.take(1, 0);
        }
        assertThat(pair.replica(0).versioned()).as("forgotten").containsExactly("g");
        pair.learn(anew, 0);
        pair.run(Duration.ofSeconds(10));
        assertThat(pair.replica(1).fields()).containsExactly("f", "g");
        assertThat(pair.replica(0).fields()).containsExactly("f", "g");
    }

    /**
     * One that is back got a removal before it knew its epoch, and then a late question of the epoch before: it must remember
     * the removal as long as the one that made it in the new epoch's first round.
     */
    @Test
    void shouldRememberARemovalThatCameBeforeItsEpochForThreeRoundsOfThat() {
        Scripted three = new Scripted(3);
        three.learn(three.founding(), 0, 1, 2);
        three.pass(Duration.ofSeconds(1));
        three.deliver();
        three.pass(Duration.ofSeconds(1));
        List<Message> late = three.take(0, 1);
        assertThat(late).hasOnlyElementsOfType(Collect.class).hasSize(1);
        three.deliver();

        Epoch back = three.epoch(3, 1, 3, 1);
        three.learn(back, 0, 2);
        three.pass(Duration.ofSeconds(1));
        three.deliver();
        three.weak(2).set(OBJECT, "f", WeakMembers.value(1, 0));
        three.take(2, 0);
        three.take(2, 1);
        three.weak(0).set(OBJECT, "g", WeakMembers.value(2, 0));
        three.weak(0).set(OBJECT, "f", null);
        three.take(0, 2);
        three.deliver(0, 1);
        three.give(0, 1, late);
        three.learn(back, 1);
        for (int other : List.of(0, 2)) {
            three.deliver(1, other);
            give(three, other, 1, Differing.class); // while it doubts the removal, so that it spreads nothing
        }

        // The first round ends, and the second begins; who set the field has not heard of the removal.
        three.pass(Duration.ofSeconds(1));
        three.deliver(0, 1);
        three.deliver(1, 0);
        three.take(0, 2);
        three.take(2, 1);
        three.pass(Duration.ofMillis(1));
        give(three, 0, 2, Collect.class);
        three.pass(Duration.ofSeconds(2));
        List<Message> older = three.take(2, 1);
        assertThat(older)
                .anyMatch(message -> message instanceof Sets sets
                        && sets.round().equals(new Round(3, 2))
                        && sets.sets().get(0).value() != null);

        // Now it hears of it, and the third begins, in which the older set arrives at last.
        three.run(Duration.ofMillis(500));
        assertThat(three.replica(2).get("f")).isNull();
        three.give(0, 1, List.of(new Collect(new Round(3, 3))));
        assertThat(three.underWay(1, 0)).contains(new Held(new Round(3, 3)));
        three.give(2, 1, older);
        three.run(Duration.ofSeconds(10));
        assertThat(three.replica(1).fields()).containsExactly("g");
        assertThat(three.replica(0).fields()).containsExactly("g");
    }

    /** Gives those of this kind that are under way, and loses all others. */
    private static void give(Scripted members, int from, int to, Class<? extends Message> kind) {
        members.give(
                from,
                to,
                members.take(from, to).stream().filter(kind::isInstance).toList());
    }
}

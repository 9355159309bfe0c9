package org.goaway.protocol.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.coordination.CoordinationCommand.Sync;
import org.goaway.protocol.coordination.Ended.How;
import org.junit.jupiter.api.Test;

/** A member whose log answers when the test says. */
class CoordinationTest {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private record Submitted(Message command, CompletableFuture<Message> answer) {}

    private final Deque<Submitted> submitted = new ArrayDeque<>();
    private long now = 1;
    private long answeredAt = 1;
    private final Coordination member = new Coordination(
            () -> now,
            command -> {
                Submitted one = new Submitted(command, new CompletableFuture<>());
                submitted.add(one);
                return one.answer();
            },
            () -> answeredAt,
            BOUND);

    private void answer(Message answer) {
        submitted.remove().answer().complete(answer);
    }

    private void tick() {
        now += TimeUnit.SECONDS.toNanos(1);
        member.onTick(now);
    }

    private void woken(Ended ended) {
        member.onMessage(new MemberId(0, 9), new Woken(List.of(ended)));
    }

    private Message next() {
        return submitted.element().command();
    }

    private static Standings standings(Ended... ended) {
        return new Standings(List.of(ended), List.of());
    }

    @Test
    void shouldNotAskWhileNobodyWaits() {
        tick();
        assertThat(submitted).isEmpty();
    }

    @Test
    void shouldTellTheLogOnceWhatItKnows() {
        Wait wait = member.acquire("s", 1, true);
        answer(Ended.of(1, How.PASSED));
        assertThat(wait.ended()).isCompletedWithValue(Ended.of(1, How.PASSED));
        tick();
        assertThat(next()).isEqualTo(new Sync(1, Set.of(), Set.of()));
        answer(standings());
        tick();
        assertThat(submitted).isEmpty();
    }

    @Test
    void shouldTellTheLogEarlyWhenManyWaitsHaveEnded() {
        for (long i = 1; i <= 600; i++) {
            member.acquire("s", 1, true);
            answer(Ended.of(i, How.PASSED));
        }
        member.onTick(now);
        assertThat(next()).isEqualTo(new Sync(600, Set.of(), Set.of()));
    }

    @Test
    void shouldEndByTheMessageThatComesBeforeTheAnswer() {
        Wait wait = member.acquire("s", 1, true);
        woken(Ended.of(1, How.PASSED));
        answer(new Waits(1, 0));
        assertThat(wait.ended()).isCompletedWithValue(Ended.of(1, How.PASSED));
    }

    @Test
    void shouldHearOfTheEndByAskingAgain() {
        Wait wait = member.awaitZero("l", 1);
        answer(new Waits(1, 1));
        assertThat(wait.standing()).isEqualTo(1);
        tick();
        answer(standings(Ended.of(1, How.PASSED)));
        assertThat(wait.ended()).isCompletedWithValue(Ended.of(1, How.PASSED));
    }

    @Test
    void shouldTakeBackARequestOnlyOnceItsCommandIsAnswered() {
        Wait wait = member.acquire("s", 1, true);
        assertThat(member.giveUp(wait)).isCompletedWithValue(Ended.of(1, How.TAKEN_BACK));
        tick();
        assertThat(submitted.removeLast().command()).isEqualTo(new Sync(1, Set.of(1L), Set.of()));
        answer(Ended.of(1, How.PASSED));
        assertThat(submitted).as("one question at a time").isEmpty();
    }

    @Test
    void shouldTakeBackWhatWasGrantedToAThreadThatHadGivenUp() {
        Wait wait = member.acquire("s", 1, true);
        var unused = member.giveUp(wait);
        answer(Ended.of(1, How.PASSED));
        assertThat(next()).isEqualTo(new Sync(1, Set.of(), Set.of(1L)));
        submitted.remove().answer().completeExceptionally(new ProtocolException(Outcome.UNKNOWN, "no leader"));
        tick();
        assertThat(next()).as("again until it is answered").isEqualTo(new Sync(1, Set.of(), Set.of(1L)));
        answer(standings(Ended.of(1, How.TAKEN_BACK)));
        tick();
        assertThat(submitted).isEmpty();
    }

    @Test
    void shouldNotTakeTheAnswerToAnEarlierQuestionForTheOneAboutAThreadThatGaveUpSince() {
        Wait wait = member.acquire("s", 1, true);
        answer(new Waits(1, 0));
        tick();
        var unused = member.giveUp(wait);
        answer(standings(Ended.of(1, How.PASSED)));
        assertThat(next()).isEqualTo(new Sync(1, Set.of(), Set.of(1L)));
    }

    @Test
    void shouldTellAPartyThatGaveUpTooLateThatItPassed() {
        Wait wait = member.arrive("b", 2);
        answer(new Waits(1, 1));
        CompletableFuture<Ended> end = member.giveUp(wait);
        assertThat(end).isNotDone();
        woken(new Ended(1, How.PASSED, 1, null));
        answer(standings(new Ended(1, How.PASSED, 1, null)));
        assertThat(end).isCompletedWithValue(new Ended(1, How.PASSED, 1, null));
    }

    @Test
    void shouldKeepWhatAThreadGotBeforeItGaveUp() {
        Wait wait = member.acquire("s", 1, true);
        answer(new Waits(1, 0));
        woken(Ended.of(1, How.PASSED));
        assertThat(member.giveUp(wait)).isCompletedWithValue(Ended.of(1, How.PASSED));
        assertThat(submitted).isEmpty();
    }

    @Test
    void shouldSayWhetherAFailedCommandMayHaveBeenFelt() {
        assertThat(outcomeOfFailure(member.acquire("s", 1, true))).isEqualTo(Outcome.NOT_DONE);
        assertThat(next()).isEqualTo(new Sync(1, Set.of(), Set.of(1L)));
        answer(standings());
        assertThat(outcomeOfFailure(member.arrive("b", 2))).isEqualTo(Outcome.UNKNOWN);
    }

    private Outcome outcomeOfFailure(Wait wait) {
        submitted.remove().answer().completeExceptionally(new ProtocolException(Outcome.UNKNOWN, "no leader"));
        List<Outcome> outcomes = new ArrayList<>();
        var unused =
                wait.ended().whenComplete((ended, failure) -> outcomes.add(((ProtocolException) failure).outcome()));
        return outcomes.get(0);
    }

    @Test
    void shouldEndAWaitThatTheLogDoesNotKnowAnyMore() {
        Wait wait = member.awaitZero("l", 1);
        answer(new Waits(1, 1));
        tick();
        answer(standings());
        assertThat(wait.ended())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("dropped this member");
        assertThat(next()).as("what it may have got, it has not").isEqualTo(new Sync(1, Set.of(), Set.of(1L)));
    }

    @Test
    void shouldEndTheWaitsThatTheLogDoesNotAnswerFor() {
        Wait wait = waits();
        runFor(BOUND);
        assertThat(outcomeOfFailure(wait)).isEqualTo(Outcome.NOT_DONE);
        assertThat(next()).isEqualTo(new Sync(1, Set.of(), Set.of(1L)));
    }

    @Test
    void shouldEndTheWaitsAtOnceThatTheLogRefusesToAnswerFor() {
        Wait wait = waits();
        assertThat(outcomeOfFailure(wait)).isEqualTo(Outcome.NOT_DONE);
    }

    @Test
    void shouldSayForHowLongTheLogWasSilentAndWhy() {
        Wait wait = waits();
        runFor(BOUND);
        submitted.remove().answer().completeExceptionally(new ProtocolException(Outcome.UNKNOWN, "no leader"));
        assertThat(wait.ended())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("not told for 10000 ms whether")
                .withMessageContaining("no leader");
    }

    @Test
    void shouldGoOnWaitingWhileTheLogAnswersOtherQuestions() {
        Wait wait = waits();
        runFor(BOUND);
        answeredAt = now - BOUND.toNanos() / 2;
        submitted.remove().answer().completeExceptionally(new ProtocolException(Outcome.NOT_DONE, "nothing was sent"));
        assertThat(wait.ended()).isNotDone();
        tick();
        assertThat(next()).isEqualTo(new Sync(1, Set.of(1L), Set.of()));
        answer(standings(Ended.of(1, How.PASSED)));
        assertThat(wait.ended()).isCompletedWithValue(Ended.of(1, How.PASSED));
    }

    @Test
    void shouldGoOnWaitingWhenItsOwnLoopStoodStill() {
        Wait wait = waits();
        now += BOUND.toNanos();
        submitted.remove().answer().completeExceptionally(new ProtocolException(Outcome.UNKNOWN, "no answer"));
        member.onTick(now);
        assertThat(wait.ended()).isNotDone();
        runFor(BOUND.dividedBy(2));
        submitted.remove().answer().completeExceptionally(new ProtocolException(Outcome.UNKNOWN, "no answer"));
        assertThat(wait.ended()).as("rejected meanwhile").isCompletedExceptionally();
    }

    private Wait waits() {
        Wait wait = member.awaitZero("l", 1);
        answer(new Waits(1, 1));
        tick();
        return wait;
    }

    private void runFor(Duration time) {
        for (long end = now + time.toNanos(); now < end; ) {
            now += TimeUnit.MILLISECONDS.toNanos(10);
            member.onTick(now);
        }
    }

    @Test
    void shouldTellMisuseByItsReason() {
        Wait wait = member.arrive("b", 2);
        answer(new Misuse("3 parties"));
        assertThat(wait.ended())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class)
                .withMessageContaining("3 parties");
    }
}

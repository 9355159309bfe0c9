package org.goaway.protocol.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.lock.LockQueue.Hold;
import org.goaway.protocol.lock.LockQueue.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Steps and what comes of them. {@code +a} queues request a, {@code ?a:c} lets a await condition c, {@code ~a} wakes it,
 * {@code -a} cancels it; {@code .} releases, {@code .c} with a signal, {@code .c*} with a signal to all; {@code <} gives back. Requests
 * a to d are of member m1, others of m2. The lock is granted whenever it is free. The expectation lists grants as request and
 * count of the token.
 */
class LockQueueTest {

    private static final long EPOCH = 3;

    private final LockQueue queue = new LockQueue(EPOCH);
    private final StringBuilder granted = new StringBuilder();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "grants a free lock at once               | +a                     | a1",
                "serves in order of arrival               | +a +b +c . . .         | a1 b2 c3",
                "keeps the place of a request that repeats| +a +b +c +b . .        | a1 b2 c3",
                "does not queue the holder again          | +a +a . +b             | a1 b2",
                "passes a cancelled request over          | +a +b +c -b .          | a1 c2",
                "releases a hold that is cancelled        | +a +b -a               | a1 b2",
                "ignores the cancelling of what is unknown| -a +a                  | a1",
                "grants on a signal, in order of waiting  | +a . ?b:x ?c:x +d .x . | a1 d2 b3",
                "wakes all on a signal to all             | ?b:x ?c:x +d .x* . .   | d1 b2 c3",
                "queues the signalled behind the waiting  | ?b:x +c +d .x .        | c1 d2 b3",
                "keeps conditions apart                   | ?b:x ?c:y +d .y .      | d1 c2",
                "forgets a signal that nobody waits for   | +d .x ?b:x +c .        | d1 c2",
                "queues on waking without a signal        | ?b:x +c ~b .           | c1 b2",
                "wakes only what waits for a condition    | +a ~b .                | a1",
                "passes the signal of a grant given back  | ?b:x ?c:x +d .x <      | d1 b2 c3",
                "passes the signal of a cancelled hold    | ?b:x ?c:x +d .x -b     | d1 b2 c3",
                "passes the signal of a cancelled request | ?b:x ?c:x +d +a .x -b .| d1 a2 c3",
                "gives back a plain grant                 | ?b:x +c +d <           | c1 d2",
                "forgets one that awaits and is cancelled | ?b:x ?c:x -b +d .x     | d1 c2",
            })
    void shouldGrant(String rule, String steps, String expected) {
        for (String step : List.of(steps.split(" ", -1))) {
            take(step.charAt(0), step.substring(1));
            queue.grantNext(0).ifPresent(this::write);
        }
        assertThat(granted.toString().trim()).as(rule).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the holder does not wait      | +a      | a | false",
                "a queued request waits        | +a +b   | b | true",
                "a request with condition waits| ?b:x    | b | true",
                "a cancelled one does not      | +a +b -b| b | false",
                "one never heard of does not   | +a      | b | false",
            })
    void shouldKnowWhoWaits(String rule, String steps, String request, boolean waits) {
        for (String step : List.of(steps.split(" ", -1))) {
            take(step.charAt(0), step.substring(1));
            queue.grantNext(0).ifPresent(this::write);
        }
        assertThat(queue.isWaiting(request(request))).as(rule).isEqualTo(waits);
    }

    private void take(char step, String argument) {
        switch (step) {
            case '+' -> queue.add(request(argument), argument);
            case '?' -> {
                String name = argument.substring(0, 1);
                queue.await(request(name), name, argument.substring(2));
            }
            case '~' -> queue.wake(request(argument));
            case '-' -> queue.cancel(request(argument));
            case '.' -> queue.release(signals(argument));
            case '<' -> queue.giveBack();
            default -> throw new IllegalArgumentException("step " + step);
        }
    }

    @Test
    void shouldLeaveRoomForAllGrantsOfAnEpochBelowTheTokensOfTheNext() {
        long grantsOfTenDays = 1_000_000L * 3_600 * 24 * 10;
        assertThat(LockQueue.before(2) - LockQueue.before(1)).isGreaterThan(grantsOfTenDays);
        assertThat(LockQueue.before(8_000_000)).isGreaterThan(LockQueue.before(7_999_999));
    }

    private static List<Signal> signals(String argument) {
        return argument.isEmpty() ? List.of() : List.of(new Signal(argument.substring(0, 1), argument.endsWith("*")));
    }

    private static Request request(String name) {
        return new Request(member(name.charAt(0) <= 'd' ? "m1" : "m2"), name.charAt(0));
    }

    private static MemberId member(String name) {
        return new MemberId(0, Long.parseLong(name.substring(1)));
    }

    private void write(Hold hold) {
        granted.append(hold.waiter().holder()).append(hold.token() - LockQueue.before(EPOCH));
        granted.append(' ');
    }
}

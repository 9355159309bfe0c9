package org.goaway.protocol.lock;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.LockHistory.Arrived;
import org.goaway.protocol.lock.LockHistory.Ended;
import org.goaway.protocol.lock.LockHistory.Entered;
import org.goaway.protocol.lock.LockHistory.Left;
import org.goaway.protocol.lock.LockQueue.Request;
import org.junit.jupiter.api.Test;

class LockCheckerTest {

    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "l");
    private static final Request ONE = new Request(new MemberId(0, 1), 1);
    private static final Request TWO = new Request(new MemberId(0, 2), 1);
    private static final Request THREE = new Request(new MemberId(0, 3), 1);

    private final LockHistory history = new LockHistory();

    @Test
    void shouldAcceptHoldsInOrderOfArrival() {
        arrived(ONE).arrived(TWO).entered(ONE, 1).left(1).entered(TWO, 2).left(2);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void shouldAcceptThatARequestIsCancelled() {
        arrived(ONE).arrived(TWO).entered(TWO, 2).left(2);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void shouldRejectTwoHoldersAtOnce() {
        entered(ONE, 1).entered(TWO, 2);
        assertThatThrownBy(this::check).hasMessageContaining("held twice");
    }

    @Test
    void shouldRejectTokensThatDoNotRise() {
        entered(ONE, 1).left(1).entered(TWO, 1);
        assertThatThrownBy(this::check).hasMessageContaining("does not rise");
    }

    @Test
    void shouldRejectOvertaking() {
        arrived(ONE).arrived(TWO).entered(TWO, 1).left(1).entered(ONE, 2);
        assertThatThrownBy(this::check).hasMessageContaining("overtaken");
    }

    @Test
    void shouldRejectALostSignal() {
        entered(ONE, 1).awaits(1, TWO).entered(THREE, 2).signals(2, false);
        assertThatThrownBy(this::check).hasMessageContaining("woke nobody");
    }

    @Test
    void shouldRejectASignalThatWakesAnother() {
        entered(ONE, 1)
                .awaits(1, TWO)
                .entered(ONE, 2)
                .awaits(2, THREE)
                .entered(ONE, 3)
                .signals(3, false);
        woken(THREE, 4);
        assertThatThrownBy(this::check).hasMessageContaining("another signal");
    }

    @Test
    void shouldRejectAWaitThatEndsWithoutASignal() {
        entered(ONE, 1).awaits(1, TWO).entered(TWO, 2);
        assertThatThrownBy(this::check).hasMessageContaining("another signal");
    }

    @Test
    void shouldRejectASignalledRequestThatALaterOneOvertakes() {
        entered(ONE, 1).awaits(1, TWO).entered(ONE, 2).signals(2, false);
        arrived(THREE).entered(THREE, 3).left(3).woken(TWO, 4).left(4);
        assertThatThrownBy(this::check).hasMessageContaining("overtaken");
    }

    @Test
    void shouldAcceptThatOneSignalWakesAll() {
        entered(ONE, 1)
                .awaits(1, TWO)
                .entered(ONE, 2)
                .awaits(2, THREE)
                .entered(ONE, 3)
                .signals(3, true);
        woken(TWO, 4).left(4).woken(THREE, 5).left(5);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    private void check() {
        LockChecker.check(history, true);
    }

    private LockCheckerTest arrived(Request request) {
        history.add(new Arrived(LOCK, request));
        return this;
    }

    private LockCheckerTest entered(Request request, long token) {
        history.add(new Entered(LOCK, request, token, false));
        return this;
    }

    private LockCheckerTest woken(Request request, long token) {
        history.add(new Entered(LOCK, request, token, true));
        return this;
    }

    private LockCheckerTest left(long token) {
        history.add(new Left(LOCK, token, List.of(), null, null)).add(new Ended(LOCK, token));
        return this;
    }

    private LockCheckerTest awaits(long token, Request request) {
        history.add(new Left(LOCK, token, List.of(), request, "c")).add(new Ended(LOCK, token));
        return this;
    }

    private void signals(long token, boolean all) {
        history.add(new Left(LOCK, token, List.of(new Signal("c", all)), null, null))
                .add(new Ended(LOCK, token));
    }
}

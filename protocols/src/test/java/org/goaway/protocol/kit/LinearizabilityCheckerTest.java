package org.goaway.protocol.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.goaway.protocol.kit.RegisterModel.Add;
import org.goaway.protocol.kit.RegisterModel.Cas;
import org.goaway.protocol.kit.RegisterModel.Read;
import org.goaway.protocol.kit.RegisterModel.Write;
import org.junit.jupiter.api.Test;

/** Hand-made histories of a register, good and bad. */
class LinearizabilityCheckerTest {

    private final History history = new History();

    @Test
    void shouldAcceptTheEmptyHistory() {
        assertGood();
    }

    @Test
    void shouldAcceptAReadOfTheLastWrite() {
        done("a", new Write(1), null);
        done("a", new Write(2), null);
        done("b", new Read(), 2);
        assertGood();
    }

    @Test
    void shouldRejectAStaleRead() {
        done("a", new Write(1), null);
        done("a", new Write(2), null);
        done("b", new Read(), 1);
        assertBad();
    }

    @Test
    void shouldRejectAValueThatNobodyWrote() {
        done("a", new Write(1), null);
        done("b", new Read(), 7);
        assertBad();
    }

    @Test
    void shouldLetAReadBesideAWriteSeeEitherValue() {
        done("a", new Write(1), null);
        int write = history.invoke("a", "x", new Write(2));
        done("b", new Read(), 1);
        done("c", new Read(), 2);
        history.returned(write, null);
        assertGood();
    }

    @Test
    void shouldRejectOldAfterNewBesideAWrite() {
        done("a", new Write(1), null);
        int write = history.invoke("a", "x", new Write(2));
        done("b", new Read(), 2);
        done("c", new Read(), 1);
        history.returned(write, null);
        assertBad();
    }

    @Test
    void shouldRejectTwoReadersThatSeeTwoWritesInOppositeOrder() {
        int one = history.invoke("a", "x", new Write(1));
        int two = history.invoke("b", "x", new Write(2));
        done("c", new Read(), 1);
        done("d", new Read(), 2);
        done("c", new Read(), 1);
        history.returned(one, null);
        history.returned(two, null);
        assertBad();
    }

    @Test
    void shouldRejectALostUpdate() {
        int one = history.invoke("a", "x", new Add(1));
        int two = history.invoke("b", "x", new Add(1));
        history.returned(one, 1L);
        history.returned(two, 1L);
        assertBad();
    }

    @Test
    void shouldRejectTwoWinnersOfOneCompareAndSet() {
        int one = history.invoke("a", "x", new Cas(null, 1));
        int two = history.invoke("b", "x", new Cas(null, 2));
        history.returned(one, true);
        history.returned(two, true);
        assertBad();
    }

    @Test
    void shouldRejectACompareAndSetThatNothingMadeFail() {
        done("a", new Write(1), null);
        done("b", new Cas(1, 2), false);
        assertBad();
    }

    @Test
    void shouldLetAnUnknownWriteHappenLater() {
        done("a", new Write(1), null);
        history.unknown(history.invoke("a", "x", new Write(2)));
        done("b", new Read(), 1);
        done("b", new Read(), 2);
        assertGood();
    }

    @Test
    void shouldLetAnUnknownWriteNeverHappen() {
        done("a", new Write(1), null);
        history.unknown(history.invoke("a", "x", new Write(2)));
        done("b", new Read(), 1);
        done("b", new Read(), 1);
        assertGood();
    }

    @Test
    void shouldRejectAnUnknownWriteThatIsSeenAndThenUnseen() {
        done("a", new Write(1), null);
        history.unknown(history.invoke("a", "x", new Write(2)));
        done("b", new Read(), 2);
        done("b", new Read(), 1);
        assertBad();
    }

    @Test
    void shouldRejectAnUnknownWriteThatHappensTwice() {
        history.unknown(history.invoke("a", "x", new Write(2)));
        done("b", new Read(), 2);
        done("b", new Write(3), null);
        done("b", new Read(), 2);
        assertBad();
    }

    @Test
    void shouldRejectAnUnknownWriteSeenBeforeItWasCalled() {
        done("b", new Read(), 2);
        history.unknown(history.invoke("a", "x", new Write(2)));
        assertBad();
    }

    @Test
    void shouldTreatACallWithoutEndAsUnknown() {
        history.invoke("a", "x", new Write(2));
        done("b", new Read(), null);
        done("b", new Read(), 2);
        assertGood();
    }

    @Test
    void shouldRejectTheEffectOfACallThatWasNotDone() {
        history.notDone(history.invoke("a", "x", new Write(2)));
        done("b", new Read(), 2);
        assertBad();
    }

    @Test
    void shouldCheckKeysApart() {
        history.returned(history.invoke("a", "x", new Write(1)), null);
        history.returned(history.invoke("b", "y", new Read()), null);
        history.returned(history.invoke("b", "x", new Read()), 1);
        assertGood();
    }

    @Test
    void shouldRefuseASecondEndOfACall() {
        int call = history.invoke("a", "x", new Read());
        history.unknown(call);
        assertThatThrownBy(() -> history.returned(call, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNameTheReturnThatFitsNowhereAndTheStatesPossibleThen() {
        done("a", new Write(1), null);
        int write = history.invoke("a", "x", new Write(2));
        done("b", new Read(), 2);
        done("c", new Read(), 1);
        history.returned(write, null);
        done("c", new Read(), 2);

        assertThatThrownBy(() -> LinearizabilityChecker.assertLinearizable(history, new RegisterModel()))
                .hasMessage("""
                        'x' is not linearizable: #3 Read[] of c cannot have returned 1.
                        States possible just before that return: [Optional[2]]
                        event  ms     a                      b            c
                        1      0.000  > #0 Write[value=1]
                        2      0.000  < #0 null
                        3      0.000  > #1 Write[value=2] ?
                        4      0.000                         > #2 Read[]
                        5      0.000                         < #2 2
                        6      0.000                                      > #3 Read[]
                        7      0.000                                      < #3 1
                        """);
    }

    @Test
    void shouldDecideALongHistoryWithManyUnknownWrites() {
        for (int i = 0; i < 20; i++) {
            history.unknown(history.invoke("lost" + i, "x", new Write(i)));
        }
        for (int i = 0; i < 2_000; i++) {
            int write = history.invoke("a", "x", new Write(100 + i));
            int read = history.invoke("b", "x", new Read());
            history.returned(write, null);
            history.returned(read, 100 + i);
        }
        assertGood();
    }

    private void done(String client, Object operation, Object result) {
        history.returned(history.invoke(client, "x", operation), result);
    }

    private void assertGood() {
        assertThat(LinearizabilityChecker.violation(history, new RegisterModel()))
                .isEmpty();
    }

    private void assertBad() {
        assertThat(LinearizabilityChecker.violation(history, new RegisterModel()))
                .isPresent();
    }
}

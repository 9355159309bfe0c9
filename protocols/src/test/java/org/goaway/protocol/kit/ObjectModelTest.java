package org.goaway.protocol.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.junit.jupiter.api.Test;

class ObjectModelTest {

    /** Numbers of one byte; anything longer is none. */
    private static final Numbers NUMBERS = new Numbers() {
        @Override
        public OptionalLong read(Value value) {
            return value.bytes().length == 1 ? OptionalLong.of(value.bytes()[0]) : OptionalLong.empty();
        }

        @Override
        public Value write(long number) {
            return value((int) number);
        }
    };

    private static final Value TEXT = Value.of(new byte[] {1, 2, 3});

    private final History history = new History();

    @Test
    void shouldAcceptASetIfOfTheVersionThatWasRead() {
        done(new Operation.Set("f", value(1)), Result.DONE, version(1), null);
        read(version(1), value(1));
        done(new Operation.SetIf("f", version(1), value(2)), Result.DONE, version(2), value(2));
        read(version(2), value(2));
        assertGood();
    }

    @Test
    void shouldRejectASetIfOfAnOldVersion() {
        done(new Operation.Set("f", value(1)), Result.DONE, version(1), null);
        done(new Operation.Set("f", value(1)), Result.DONE, version(2), null);
        done(new Operation.SetIf("f", version(1), value(2)), Result.DONE, version(3), value(2));
        assertBad();
    }

    @Test
    void shouldRejectASetIfThatIsRefusedWithTheVersionItAskedFor() {
        done(new Operation.Set("f", value(1)), Result.DONE, version(1), null);
        done(new Operation.SetIf("f", version(1), value(2)), Result.REFUSED, version(1), value(1));
        assertBad();
    }

    @Test
    void shouldLearnTheVersionOfAnUnknownSetFromWhoReadsIt() {
        done(new Operation.Set("f", value(1)), Result.DONE, version(1), null);
        history.unknown(history.invoke("b", "o", new Operation.Set("f", value(2))));
        read(version(4), value(2));
        done(new Operation.SetIf("f", version(4), value(3)), Result.DONE, version(5), value(3));
        assertGood();
        read(version(4), value(3));
        assertBad();
    }

    @Test
    void shouldRejectVersionsThatGoBack() {
        done(new Operation.Set("f", value(1)), Result.DONE, version(2), null);
        done(new Operation.Set("f", value(2)), Result.DONE, version(1), null);
        assertBad();
    }

    @Test
    void shouldAddToNumbersOnly() {
        done(new Operation.Add("f", 2), Result.DONE, version(1), value(2));
        done(new Operation.Set("f", TEXT), Result.DONE, version(2), null);
        done(new Operation.Add("f", 2), Result.NOT_A_NUMBER, version(2), TEXT);
        assertGood();
        done(new Operation.Add("f", 2), Result.DONE, version(3), value(2));
        assertBad();
    }

    @Test
    void shouldCompareValuesInACompareAndSet() {
        done(new Operation.CompareAndSet("f", null, value(1)), Result.DONE, version(1), value(1));
        done(new Operation.CompareAndSet("f", null, value(2)), Result.REFUSED, version(1), value(1));
        assertGood();
        done(new Operation.CompareAndSet("f", value(1), value(2)), Result.REFUSED, version(1), value(1));
        assertBad();
    }

    @Test
    void shouldClearAllFieldsAtOnce() {
        done(new Operation.Set("f", value(1)), Result.DONE, version(1), null);
        done(new Operation.Set("g", value(1)), Result.DONE, version(2), null);
        done(new Operation.Clear(), Result.DONE, version(3), null);
        read(null, null);
        assertGood();
        done(new ObjectModel.Read("g"), Result.DONE, null, value(1));
        assertBad();
    }

    private void read(Version version, Value value) {
        done(new ObjectModel.Read("f"), Result.DONE, version, value);
    }

    private void done(Object operation, Result result, Version version, Value value) {
        history.returned(history.invoke("a", "o", operation), new Answer(result, version, value));
    }

    private void assertGood() {
        LinearizabilityChecker.assertLinearizable(history, new ObjectModel(NUMBERS));
    }

    private void assertBad() {
        assertThat(LinearizabilityChecker.violation(history, new ObjectModel(NUMBERS)))
                .isPresent();
    }

    private static Version version(long count) {
        return new Version(1, count);
    }

    private static Value value(int number) {
        return Value.of(new byte[] {(byte) number});
    }
}

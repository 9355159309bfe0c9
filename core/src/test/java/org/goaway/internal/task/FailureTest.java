package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.SizeLimit;
import org.junit.jupiter.api.Test;

class FailureTest {

    private final Codec codec = new Codec(FailureTest.class.getClassLoader(), null);

    @Test
    void shouldTellItsSizeWithEncodingTextsFramesAndCauses() {
        Failure plain = Failure.inWords("t", "m".repeat(5000), new StackTraceElement[0]);
        Failure framed = Failure.inWords("t", "m", new StackTraceElement[] {
            new StackTraceElement("c".repeat(100), "m".repeat(100), "f".repeat(100), 1)
        });
        Failure encoded = Failure.of(
                new IllegalStateException("x".repeat(3000), new RuntimeException("y".repeat(2000))),
                codec,
                SizeLimit.VALUE);

        assertThat(plain.size()).isEqualTo(5001);
        assertThat(framed.size()).isEqualTo(302);
        assertThat(encoded.size()).isGreaterThan(encoded.encoded().length + 5000);
    }
}

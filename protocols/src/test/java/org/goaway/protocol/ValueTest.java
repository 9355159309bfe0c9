package org.goaway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ValueTest {

    private int decodings;

    /** A decoder that says these, one after the other, when it is asked whether what it makes may be kept. */
    private Value.Decoder decoder(Boolean... mayBeKept) {
        Queue<Boolean> answers = new ArrayDeque<>(List.of(mayBeKept));
        return new Value.Decoder() {
            @Override
            public Object decode(byte[] bytes) {
                return ++decodings;
            }

            @Override
            public boolean mayBeKept() {
                return answers.remove();
            }
        };
    }

    @Test
    void shouldDecodeOnceForOneDecoder() {
        Value value = Value.of(new byte[] {1});
        Value.Decoder decoder = decoder(true, true);
        assertThat(value.decoded(decoder)).isEqualTo(1);
        assertThat(value.decoded(decoder)).isEqualTo(1);
        value.forget(decoder);
        assertThat(value.decoded(bytes -> "other")).isEqualTo("other");
    }

    /** Who forgets what the decoder made may have been here in between. */
    @Test
    void shouldKeepNothingOfADecoderThatEndsMeanwhile() {
        Value value = Value.of(new byte[] {1});
        Value.Decoder decoder = decoder(true, false, false);
        assertThat(value.decoded(decoder)).isEqualTo(1);
        assertThat(value.decoded(decoder)).isEqualTo(2);
    }
}

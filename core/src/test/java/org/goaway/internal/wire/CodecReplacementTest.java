package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.goaway.NotTransferableException;
import org.junit.jupiter.api.Test;

/** Objects that name another one to travel instead. */
class CodecReplacementTest {

    /** Travels as its two parts. */
    private static final class Pair {
        Object left;
        Object right;

        Pair(Object left, Object right) {
            this.left = left;
            this.right = right;
        }

        @SuppressWarnings("UnusedMethod") // called when it is encoded
        private Object writeReplace() {
            return new Parts(left, right);
        }
    }

    private static final class Parts {
        final Object left;
        final Object right;

        Parts(Object left, Object right) {
            this.left = left;
            this.right = right;
        }

        @SuppressWarnings("UnusedMethod") // called when it is decoded
        private Object readResolve() {
            return new Pair(left, right);
        }
    }

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @Test
    void shouldKeepWhatIsShared() {
        Pair pair = new Pair(1, 2);

        Object[] copy = (Object[]) codec.decode(codec.encode(new Object[] {pair, pair}));

        assertThat(copy[0]).isInstanceOf(Pair.class);
        assertThat(copy[1]).isSameAs(copy[0]);
    }

    @Test
    void shouldWriteWhatIsSharedOnce() {
        Object top = "end";
        for (int level = 0; level < 20; level++) {
            top = new Pair(top, top);
        }

        byte[] encoded = codec.encode(top);

        assertThat(encoded).hasSizeLessThan(1000);
        Pair copy = (Pair) codec.decode(encoded);
        assertThat(copy.left).isSameAs(copy.right);
    }

    @Test
    void shouldRefuseOneThatIsMadeOfItself() {
        Pair pair = new Pair(1, null);
        pair.right = new Object[] {pair};

        assertThatThrownBy(() -> codec.encode(pair))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("refers to itself, but can only be made once its parts are");
    }
}

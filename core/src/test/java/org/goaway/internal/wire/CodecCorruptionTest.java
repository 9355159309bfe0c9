package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.goaway.RemoteFunction;
import org.goaway.internal.wire.value.CorruptException;
import org.junit.jupiter.api.Test;

class CodecCorruptionTest {

    private static final int MUTATIONS = 20_000;

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @Test
    void shouldAnswerDamageWithOneExceptionKind() {
        List<byte[]> originals = originals();
        Random random = new Random(20261122);
        int survived = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = Mutations.of(originals.get(random.nextInt(originals.size())), random);
            try {
                codec.decode(damaged);
                survived++;
            } catch (CorruptException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
        assertThat(survived).isBetween(1, MUTATIONS / 2);
    }

    private List<byte[]> originals() {
        List<byte[]> originals = new ArrayList<>();
        for (Object value : Probes.travelling()) {
            byte[] bytes = codec.encode(value);
            if (bytes.length < 2000) {
                originals.add(bytes);
                originals.add(codec.encode(new Samples.Named<>(value)));
            }
        }
        String captured = "captured";
        RemoteFunction<String, String> lambda = text -> text + captured;
        originals.add(codec.encode(lambda));
        originals.add(codec.encode(new Object[] {lambda, Probes.own(), Probes.maps()}));
        return originals;
    }

    @Test
    void shouldRefuseWhateverIsCutOff() {
        byte[] bytes = codec.encode(List.of("a", new Samples.Point(1, 2), new int[] {1, 2, 3}));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void shouldNotReserveWhatIsOnlyAnnounced() {
        byte[][] announcements = {
            // a byte array, a string, a list, an array of objects: each of two thousand million elements
            {10 << 3 | 2, -1, -1, -1, -1, 7, 66},
            {6 << 3 | 2, -1, -1, -1, -1, 7, 66},
            {8 << 3, 1, 8, -1, -1, -1, -1, 7},
            {11 << 3, 0, 6 << 3 | 2, 3, 'i', 'n', 't', 8, -1, -1, -1, -1, 7},
        };
        for (byte[] announcement : announcements) {
            assertThatThrownBy(() -> codec.decode(announcement)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void shouldRefuseWhatARecordsConstructorRefuses() {
        byte[] bytes = codec.encode(new Samples.Point(Integer.MIN_VALUE + 1, 0));
        // zigzag of the least int is one more than that of its neighbour
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == (byte) 0xFD) {
                bytes[i] = (byte) 0xFF;
            }
        }

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("x is too small");
    }

    @Test
    void shouldNotRunAConstructorNamedInThePlaceOfACollection() {
        byte[] bytes = codec.encode(new ArrayList<>(List.of("a")));
        bytes[1] = 99;

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("no kind of collection");
    }
}

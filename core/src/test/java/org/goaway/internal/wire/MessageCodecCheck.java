package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.goaway.internal.wire.value.CorruptException;

/** What every table of wire types must hold, for each of its types. */
public final class MessageCodecCheck {

    private static final int SAMPLES_OF_A_TYPE = 20;

    private final MessageCodec codec;
    private final MessageSamples samples;

    /** @param makers makes values of the types that are not records */
    public MessageCodecCheck(MessageCodec codec, Map<Class<?>, Function<Random, ?>> makers, long seed) {
        this.codec = codec;
        this.samples = new MessageSamples(codec, makers, seed);
    }

    private List<Record> all() {
        List<Record> all = new ArrayList<>();
        codec.records().forEach(type -> all.addAll(samples.of(type, SAMPLES_OF_A_TYPE)));
        return all;
    }

    /** Each type comes back as it was sent: equal, or, since arrays have no equality of their own, in the same bytes. */
    public void assertCarriesEveryType() {
        for (Record message : all()) {
            byte[] bytes = codec.encode(message);
            byte[] frame = new byte[bytes.length + 7];
            System.arraycopy(bytes, 0, frame, 3, bytes.length);

            Record copy = codec.decode(frame, 3, bytes.length);

            assertThat(copy).hasSameClassAs(message);
            boolean same = copy.equals(message) || Arrays.equals(codec.encode(copy), bytes);
            assertThat(same).as("%s became %s", message, copy).isTrue();
        }
    }

    /** Whatever is damaged is either another message or a {@link CorruptException}. */
    public void assertAnswersDamageWithOneExceptionKind(int mutations, long seed) {
        Random random = new Random(seed);
        List<Record> messages = all();
        for (int i = 0; i < mutations; i++) {
            // in turn, so that each type gets its share
            byte[] damaged = Mutations.of(codec.encode(messages.get(i % messages.size())), random);
            try {
                assertThat(codec.decode(damaged)).isNotNull();
            } catch (CorruptException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}

package org.goaway.internal.node;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.goaway.internal.wire.MessageCodecCheck;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Patch;
import org.junit.jupiter.api.Test;

/** The table of wire types: every message that a node can receive, whole and damaged. */
class WireTypesTest {

    private static final long SEED = 7;

    private final MessageCodecCheck check = new MessageCodecCheck(WireTypes.codec(), makers(), SEED);

    @Test
    void shouldCarryEveryTypeOfTheTable() {
        check.assertCarriesEveryType();
    }

    @Test
    void shouldAnswerDamageWithOneKindOfException() {
        check.assertAnswersDamageWithOneExceptionKind(20_000, SEED);
    }

    /** How to make what is no record, or a record that not any components make. */
    private static Map<Class<?>, Function<Random, ?>> makers() {
        return Map.of(
                Value.class,
                random -> {
                    byte[] bytes = new byte[random.nextInt(40)];
                    random.nextBytes(bytes);
                    return Value.of(bytes);
                },
                Patch.class,
                random -> Patch.of(new byte[] {9, 3, 2, (byte) (2 * random.nextInt(8)), 1, (byte) random.nextInt()}),
                Epoch.class,
                random -> Epoch.founding(java.util.Set.of(new MemberId(0, 1 + random.nextInt(9)), new MemberId(1, 1))));
    }
}

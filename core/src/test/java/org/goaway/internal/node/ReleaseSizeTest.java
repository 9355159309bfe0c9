package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.diff.ArrayTwin;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.release.Diff;
import org.junit.jupiter.api.Test;

/** What a release takes on the wire. */
class ReleaseSizeTest {

    @Test
    void shouldSendLessThanTwoKibibytesForAHundredChangesInAMillionDoubles() {
        double[] live = new double[1_000_000];
        ArrayTwin twin = new ArrayTwin(live, 1);
        for (int i = 0; i < 100; i++) {
            live[i * 9_973] = Math.PI * (i + 1);
        }
        Change change = Change.edited(twin.difference().orElseThrow());
        ObjectId object = new ObjectId(ObjectId.Kind.RELEASE, "an object with a usual name");

        Diff diff = new Diff(7, object, 7L << 32 | 12_345, 7L << 32 | 12_344, Map.of("temperatures", change));

        assertThat(WireTypes.codec().encode(diff)).hasSizeLessThan(2_048);
    }
}

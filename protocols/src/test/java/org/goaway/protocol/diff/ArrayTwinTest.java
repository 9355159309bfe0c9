package org.goaway.protocol.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Test;

class ArrayTwinTest {

    @Test
    void shouldCarryWhatChangedInArraysOfAllTypes() {
        Seeds.run(5_000, run -> ArrayScenario.run(run, ArrayTwin::new));
    }

    @Test
    void shouldTellZerosAndNansApartAsTheirBitsDo() {
        double[] live = {0.0, 1, Double.NaN, 2};
        ArrayTwin twin = new ArrayTwin(live, 1);
        assertThat(twin.difference()).isEmpty();
        live[2] = Double.longBitsToDouble(0x7ff8000000000001L);
        assertThat(twin.difference()).as("all NaNs are one").isEmpty();
        live[0] = -0.0;
        live[1] = Double.NaN;
        Patch patch = twin.difference().orElseThrow();
        double[] there = {0.0, 1, Double.NaN, 2};
        assertThat(new ArrayTwin(there, 1).apply(patch)).isTrue();
        assertThat(there).containsExactly(-0.0, Double.NaN, Double.NaN, 2);
    }

    @Test
    void shouldTakeTheSizeOfWhatChanged() {
        double[] live = new double[1_000_000];
        ArrayTwin twin = new ArrayTwin(live, 1);
        for (int i = 0; i < 100; i++) {
            live[i * 9_973] = i + 1;
        }
        assertThat(twin.difference().orElseThrow().bytes()).hasSizeLessThan(2_000);
    }

    @Test
    void shouldKnowWhetherAllElementsChanged() {
        double[] live = new double[50];
        ArrayTwin twin = new ArrayTwin(live, 1);
        assertThat(twin.isChangedThroughout()).isFalse();
        Arrays.fill(live, 1);
        assertThat(twin.isChangedThroughout()).isTrue();
        live[49] = 0;
        assertThat(twin.isChangedThroughout()).isFalse();
        assertThat(new ArrayTwin(new int[0], 1).isChangedThroughout()).isFalse();
    }

    @Test
    void shouldRollBackAndRefill() {
        int[] live = {1, 2, 3};
        ArrayTwin twin = new ArrayTwin(live, 0);
        live[1] = 9;
        assertThat(twin.isChanged()).isTrue();
        twin.rollBack();
        assertThat(live).containsExactly(1, 2, 3);
        twin.fill(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4)
                .putInt(5)
                .putInt(6)
                .array());
        assertThat(live).containsExactly(4, 5, 6);
        assertThat(twin.isChanged()).isFalse();
        twin.clear();
        assertThat(live).containsExactly(0, 0, 0);
        assertThatThrownBy(() -> twin.fill(new byte[11])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseEditsThatDoNotFit() {
        ArrayTwin twin = new ArrayTwin(new int[25], 3);
        byte[] base = new byte[103];
        byte[] head = base.clone();
        head[1] = 1;
        Optional<Patch> ofHead = Edits.between(base, head);
        assertThat(twin.apply(ofHead.orElseThrow())).isFalse();
        assertThat(twin.apply(Edits.between(base, Arrays.copyOf(base, 104)).orElseThrow()))
                .isFalse();
        byte[] half = base.clone();
        half[4] = 1;
        half[9] = 2;
        assertThat(twin.apply(Edits.between(base, half).orElseThrow())).isTrue();
        assertThat((int[]) twin.live()).startsWith(1 << 8, 2 << 16, 0);
    }
}

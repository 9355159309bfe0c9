package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.goaway.internal.cluster.link.Seal.Flaw;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] CONTENT = "who is there?".getBytes(StandardCharsets.UTF_8);

    private final AtomicLong now = new AtomicLong(1_000_000_000);
    private final Seal seal = new Seal(key(1), now::get);

    private static SecretKeySpec key(int first) {
        return new SecretKeySpec(new byte[] {(byte) first, 2, 3, 4, 5, 6, 7, 8}, "HmacSHA256");
    }

    private byte[] sealed() {
        return seal.close(CONTENT, 0, CONTENT.length);
    }

    private Flaw flaw(byte[] packet) {
        return seal.open(packet, 0, packet.length).flaw();
    }

    @Test
    void shouldOpenWhatAHolderOfTheKeyHasClosed() {
        byte[] packet = sealed();
        byte[] received = new byte[500];
        System.arraycopy(packet, 0, received, 7, packet.length);
        assertThat(new Seal(key(1), now::get).open(received, 7, packet.length).content())
                .isEqualTo(CONTENT);
    }

    @Test
    void shouldOpenNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] packet = sealed();
            packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(flaw(packet)).isEqualTo(Flaw.NO_SEAL);
        }
        for (int length = 0; length < sealed().length; length++) {
            assertThat(seal.open(sealed(), 0, length).flaw()).isEqualTo(Flaw.NO_SEAL);
        }
        byte[] others = new Seal(key(9), now::get).close(CONTENT, 0, CONTENT.length);
        assertThat(flaw(others)).isEqualTo(Flaw.NO_SEAL);
    }

    @Test
    void shouldOpenNothingTwice() {
        byte[] packet = sealed();
        assertThat(flaw(packet)).isNull();
        assertThat(flaw(packet)).isEqualTo(Flaw.SEEN_BEFORE);
    }

    @Test
    void shouldOpenNothingOfAnotherTime() {
        byte[] packet = sealed();
        now.addAndGet(Seal.APART_MILLIS + 1);
        assertThat(flaw(packet)).isEqualTo(Flaw.OTHER_TIME);
        byte[] later = sealed();
        now.addAndGet(-Seal.APART_MILLIS - 1);
        assertThat(flaw(later)).isEqualTo(Flaw.OTHER_TIME);
    }
}

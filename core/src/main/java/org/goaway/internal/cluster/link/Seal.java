package org.goaway.internal.cluster.link;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Proves that a packet comes from a holder of the key, and is new: the time, a random number, the content, and an HMAC-SHA256
 * of all three (RFC 2104). What was opened is not opened again while its time would still do. Safe for any thread.
 */
final class Seal {

    private static final int NONCE = 16;
    private static final int HEAD = Long.BYTES + NONCE;
    private static final int MAC = 32;

    /** So far may the clocks of two machines be apart. */
    static final long APART_MILLIS = TimeUnit.MINUTES.toMillis(2);

    /** Members search a few times a second at most; with more opened than this within the time, the oldest are forgotten. */
    private static final int REMEMBERED = 10_000;

    /** Why a packet was not opened. */
    enum Flaw {
        NO_SEAL,
        OTHER_TIME,
        SEEN_BEFORE
    }

    /** What was in a packet, or what is wrong with it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Opened(byte[] content, Flaw flaw) {}

    private final Mac mac;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<ByteBuffer, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    Seal(SecretKey key) {
        this(key, System::currentTimeMillis);
    }

    Seal(SecretKey key, LongSupplier clock) {
        this.mac = mac(key);
        this.clock = clock;
    }

    synchronized byte[] close(byte[] content, int offset, int length) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        ByteBuffer packet = ByteBuffer.allocate(HEAD + length + MAC)
                .putLong(clock.getAsLong())
                .put(nonce)
                .put(content, offset, length);
        return packet.put(mac(packet.array(), 0, HEAD + length)).array();
    }

    synchronized Opened open(byte[] packet, int offset, int length) {
        if (length < HEAD + MAC) {
            return new Opened(null, Flaw.NO_SEAL);
        }
        int end = offset + length - MAC;
        byte[] shown = Arrays.copyOfRange(packet, end, end + MAC);
        if (!MessageDigest.isEqual(shown, mac(packet, offset, length - MAC))) {
            return new Opened(null, Flaw.NO_SEAL);
        }
        long apart =
                clock.getAsLong() - ByteBuffer.wrap(packet, offset, Long.BYTES).getLong();
        if (Math.abs(apart) > APART_MILLIS) {
            return new Opened(null, Flaw.OTHER_TIME);
        }
        if (seen.putIfAbsent(ByteBuffer.wrap(shown), true) != null) {
            return new Opened(null, Flaw.SEEN_BEFORE);
        }
        return new Opened(Arrays.copyOfRange(packet, offset + HEAD, end), null);
    }

    private static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private byte[] mac(byte[] content, int offset, int length) {
        mac.update(content, offset, length);
        return mac.doFinal();
    }
}

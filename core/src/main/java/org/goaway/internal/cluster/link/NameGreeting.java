package org.goaway.internal.cluster.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two ends on one machine prove to each other that they know the group's name, which is a secret where a program has launched
 * the members. Who connects sends a random number; who accepts answers with one of its own and an HMAC-SHA256 of both numbers
 * and both ends' addresses and ports; who connects answers with another. The addresses make it useless to pass such answers
 * on to a third. What is said afterwards is neither encrypted nor protected: only the system itself reads what goes through
 * loopback.
 */
final class NameGreeting implements Greeting {

    private static final String MAC = "HmacSHA256";
    private static final byte[] FOR_CONNECTIONS = "goaway connections 1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FOR_SEARCHES = "goaway searches 1".getBytes(StandardCharsets.UTF_8);
    private static final byte CONNECTS = 1;
    private static final byte ACCEPTS = 2;
    private static final int NONCE = 16;
    private static final int PROOF = 32;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    NameGreeting(String group) {
        key = derived(group, FOR_CONNECTIONS);
    }

    /** What seals the searches of the group's members. */
    static SecretKey sealing(String group) {
        return derived(group, FOR_SEARCHES);
    }

    private static SecretKey derived(String group, byte[] use) {
        return new SecretKeySpec(mac(new SecretKeySpec(group.getBytes(StandardCharsets.UTF_8), MAC), use), MAC);
    }

    @Override
    public Socket answer(Socket stranger) throws IOException {
        byte[] theirs = read(stranger, NONCE);
        byte[] own = nonce();
        byte[] ends = joined(end(stranger, true), end(stranger, false));
        stranger.getOutputStream().write(joined(own, proof(ACCEPTS, theirs, own, ends)));
        check(read(stranger, PROOF), proof(CONNECTS, theirs, own, ends));
        return stranger;
    }

    /** The other side of {@link #answer}, for who has connected. */
    void greet(Socket socket) throws IOException {
        byte[] own = nonce();
        byte[] ends = joined(end(socket, false), end(socket, true));
        socket.getOutputStream().write(own);
        byte[] theirs = read(socket, NONCE);
        check(read(socket, PROOF), proof(ACCEPTS, own, theirs, ends));
        socket.getOutputStream().write(proof(CONNECTS, own, theirs, ends));
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return nonce;
    }

    /** Refuses what ends too early: one that speaks TLS says so in some bytes. */
    private static byte[] read(Socket socket, int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length == 0) {
            throw new EOFException("it ended the connection");
        }
        if (bytes.length < length) {
            throw refusal();
        }
        return bytes;
    }

    private static void check(byte[] proof, byte[] expected) throws RefusedException {
        if (!MessageDigest.isEqual(proof, expected)) {
            throw refusal();
        }
    }

    private static RefusedException refusal() {
        return new RefusedException("it is of another cluster, has a key_file, or is no member of any");
    }

    private byte[] proof(byte who, byte[] connecting, byte[] accepting, byte[] ends) {
        return mac(key, joined(joined(new byte[] {who}, connecting), joined(accepting, ends)));
    }

    /** Of one end: the address behind its length, and the port. */
    private static byte[] end(Socket socket, boolean remote) {
        byte[] address = (remote ? socket.getInetAddress() : socket.getLocalAddress()).getAddress();
        return ByteBuffer.allocate(1 + address.length + Integer.BYTES)
                .put((byte) address.length)
                .put(address)
                .putInt(remote ? socket.getPort() : socket.getLocalPort())
                .array();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] mac(SecretKey key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    @Override
    public String wanted() {
        return "that it knows this cluster's name";
    }

    @Override
    public String advice() {
        return "members need the same name, and the same key_file or none";
    }
}

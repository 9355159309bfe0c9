package org.goaway.internal.launch.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The user's agent, which signs with keys that it never gives out, over its socket. One request at a time. */
final class Agent extends AbstractAgentProxy {

    private static final int LONGEST_ANSWER = 1 << 20;

    private final SocketChannel socket;
    private final List<PublicKey> preferred;
    private final boolean onlyThese;

    private Agent(SocketChannel socket, List<PublicKey> preferred, boolean onlyThese) {
        super(null);
        this.socket = socket;
        this.preferred = preferred;
        this.onlyThese = onlyThese;
    }

    /**
     * Connects.
     *
     * @param preferred keys to try first: hosts end the connection after a few that they do not know
     * @param onlyThese whether no others are tried
     */
    static Agent connect(Path path, List<PublicKey> preferred, boolean onlyThese) throws IOException {
        return new Agent(SocketChannel.open(UnixDomainSocketAddress.of(path)), preferred, onlyThese);
    }

    @Override
    public Iterable<? extends Map.Entry<PublicKey, String>> getIdentities() throws IOException {
        List<Map.Entry<PublicKey, String>> first = new ArrayList<>();
        List<Map.Entry<PublicKey, String>> others = new ArrayList<>();
        for (Map.Entry<PublicKey, String> key : super.getIdentities()) {
            boolean named = preferred.stream().anyMatch(other -> KeyUtils.compareKeys(other, key.getKey()));
            (named ? first : others).add(key);
        }
        if (!onlyThese) {
            first.addAll(others);
        }
        return first;
    }

    @Override
    protected synchronized Buffer request(Buffer request) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
        while (out.hasRemaining()) {
            socket.write(out);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 1 || length > LONGEST_ANSWER) {
            throw new IOException("the agent's answer has " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(bytes);
        while (in.hasRemaining()) {
            if (socket.read(in) < 0) {
                throw new EOFException("the agent hung up");
            }
        }
        return in.flip();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package org.goaway.kit;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports at which a process can listen a while later. The system must not choose them: such a port may be anybody's meanwhile,
 * and one that is free at one address may be kept at another by connections that ended up to a minute ago (TIME_WAIT).
 */
public final class FreePort {

    /** Below what Linux chooses from (ip_local_port_range). */
    private static final int END = 32_768;

    private static final int FIRST = 12_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, END));

    private FreePort() {}

    /** One that is free at all addresses, another at each call. */
    public static int next() {
        while (true) {
            int port = NEXT.getAndUpdate(last -> last + 1 < END ? last + 1 : FIRST);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}

package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.Socket;

/** How the two ends of a new connection prove to each other that they are members. */
interface Greeting {

    /**
     * Greets who has connected; may block, until somebody closes the socket.
     *
     * @return the connection to talk on
     * @throws IOException if it is no member; the message says why
     */
    Socket answer(Socket stranger) throws IOException;

    /** What members have and others do not, for who is told that one was refused. */
    String wanted();

    /** What to do where a member was refused. */
    String advice();
}

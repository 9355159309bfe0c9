package org.goaway.internal.cluster.link;

import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MPING;
import org.jgroups.util.Util;

/** Discovery by multicast that closes both of its sockets; JGroups leaves the one that sends open, at a server one more for each program. */
public final class LinkMping extends MPING {

    /** Speaks MPING's messages, so it takes its number. */
    public LinkMping() {
        setId(ClassConfigurator.getProtocolId(MPING.class));
    }

    /** Not when it stops: a search may be under way then. */
    @Override
    public void destroy() {
        Util.close(mcast_send_sock);
        super.destroy();
    }
}

package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.util.Collection;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;

/**
 * TCP that lets go of who is no member any more. JGroups says goodbye on such a connection, and waits to do so for as long
 * as another thread is stuck in writing to it: until the link heals, or the system gives up after a quarter of an hour. No
 * view would be installed until then. Here its socket is closed at once, which frees that thread too.
 */
public final class LinkTcp extends TCP {

    private static final Logger LOG = LogManager.getLogger(LinkTcp.class);

    /** Speaks TCP's messages, so it takes its number. */
    public LinkTcp() {
        setId(ClassConfigurator.getProtocolId(TCP.class));
    }

    @Override
    public void retainAll(Collection<Address> members) {
        srv.forAllConnections((address, connection) -> {
            if (!members.contains(address) && !is_member.test((PhysicalAddress) address)) {
                close(address, connection);
            }
        });
        super.retainAll(members);
    }

    private static void close(Address address, Connection connection) {
        try {
            connection.close(false);
        } catch (IOException e) {
            LOG.debug("the connection to {} was closed already", address, e);
        }
    }
}

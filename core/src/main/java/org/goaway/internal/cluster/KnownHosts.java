package org.goaway.internal.cluster;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;

/**
 * Discovery among members of which each joiner was told one address. TCPPING would do but for two things: it complains
 * about ephemeral ports, and it probes the neighbouring ones.
 */
public final class KnownHosts extends Discovery {

    private volatile Set<PhysicalAddress> hosts = Set.of();

    /** Speaks TCPPING's messages, so it takes its number. */
    public KnownHosts() {
        setId(ClassConfigurator.getProtocolId(TCPPING.class));
    }

    void hosts(List<InetSocketAddress> addresses) {
        Set<PhysicalAddress> known = new LinkedHashSet<>();
        addresses.forEach(address -> known.add(new IpAddress(address.getAddress(), address.getPort())));
        hosts = known;
    }

    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public void findMembers(List<Address> members, boolean initial, Responses responses) {
        PhysicalAddress own = (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr));
        Set<PhysicalAddress> asked = new LinkedHashSet<>(hosts);
        if (!initial && down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESSES)) instanceof Collection<?> cached) {
            cached.forEach(address -> asked.add((PhysicalAddress) address));
        }
        asked.remove(own);
        PingData data = new PingData(local_addr, false, NameCache.get(local_addr), own);
        for (PhysicalAddress address : asked) {
            Message request = new BytesMessage(address)
                    .setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
                    .setFlag(Message.TransientFlag.DONT_LOOPBACK)
                    .putHeader(
                            id,
                            new PingHeader(PingHeader.GET_MBRS_REQ)
                                    .clusterName(cluster_name)
                                    .initialDiscovery(initial));
            request.setArray(marshal(data));
            down_prot.down(request);
        }
    }
}

package org.goaway.internal.cluster;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;

/**
 * Discovery among members of which each joiner was told one address. Beyond what TCPPING does, the coordinator tells all
 * members where the new ones are before the view that brings them; two members that join at the same time would else
 * drop their first messages to each other and repeat them half a second later.
 */
public final class KnownHosts extends Discovery {

    private volatile Set<PhysicalAddress> hosts = Set.of();

    /** Speaks TCPPING's messages, so it takes its number. */
    public KnownHosts() {
        setId(ClassConfigurator.getProtocolId(TCPPING.class));
        return_entire_cache = true;
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

    @Override
    public Object down(Event event) {
        if (event.getType() != Event.VIEW_CHANGE) {
            return super.down(event);
        }
        View before = view;
        Object result = super.down(event);
        View now = event.getArg();
        if (is_coord && !View.newMembers(before, now).isEmpty()) {
            tellAddresses(now);
        }
        return result;
    }

    private void tellAddresses(View now) {
        List<PingData> known = new ArrayList<>();
        for (Address member : now.getMembersRaw()) {
            if (down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, member)) instanceof PhysicalAddress physical) {
                known.add(new PingData(member, true, NameCache.get(member), physical).coord(member.equals(local_addr)));
            }
        }
        for (Address member : now.getMembersRaw()) {
            if (!member.equals(local_addr)) {
                sendDiscoveryResponse(known, member);
            }
        }
    }
}

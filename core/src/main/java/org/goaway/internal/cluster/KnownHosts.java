package org.goaway.internal.cluster;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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
 * Discovery at addresses that members were told. Beyond what TCPPING does:
 *
 * <ul>
 *   <li>a name stands for all its addresses, and is looked up anew for each search, on a thread that may wait for that;
 *   <li>the coordinator tells all members where the new ones are before the view that brings them; two members that join at
 *       the same time would else drop their first messages to each other and repeat them half a second later.
 * </ul>
 */
public final class KnownHosts extends Discovery {

    private static final Logger LOG = LogManager.getLogger(KnownHosts.class);

    private volatile List<Host> hosts = List.of();

    /** The names that nobody knew at the last search; of the searching thread. */
    private Set<Host> unknown = Set.of();

    /** One search at a time; what would begin meanwhile finds nothing that this one does not. */
    private final ThreadPoolExecutor searches = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
                Thread thread = new Thread(work, "goaway-hosts");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    /** Speaks TCPPING's messages, so it takes its number. */
    public KnownHosts() {
        setId(ClassConfigurator.getProtocolId(TCPPING.class));
        return_entire_cache = true;
    }

    void hosts(List<Host> known) {
        hosts = List.copyOf(known);
    }

    private Set<PhysicalAddress> lookUp() {
        Set<PhysicalAddress> found = new LinkedHashSet<>();
        Set<Host> missed = new LinkedHashSet<>();
        for (Host host : hosts) {
            try {
                host.addresses().forEach(address -> found.add(new IpAddress(address)));
            } catch (UnknownHostException e) {
                missed.add(host);
                if (!unknown.contains(host)) {
                    LOG.warn(
                            "nobody knows the host '{}' now; it is looked up again at each search for members",
                            host.name());
                }
            }
        }
        unknown = missed;
        return found;
    }

    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public void findMembers(List<Address> members, boolean initial, Responses responses) {
        searches.execute(() -> search(initial));
    }

    private void search(boolean initial) {
        PhysicalAddress own = (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr));
        Set<PhysicalAddress> asked = lookUp();
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
    public void destroy() {
        searches.shutdownNow();
        super.destroy();
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

package org.goaway.internal.cluster.link;

import java.util.Set;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;

/**
 * Stands for broken links in tests: what comes from certain members is not heard. Both ends of a link that is cut have one.
 * It lies on the transport, so that heartbeats and group membership are cut like everything else. Safe for any thread.
 */
public final class Cuts extends Protocol {

    private volatile Set<Address> from = Set.of();
    private volatile boolean fromAll;

    /** From now on nothing is heard of these members, and everything of all others. */
    public void of(Set<Address> members) {
        from = Set.copyOf(members);
    }

    /** From now on nothing is heard of anybody and nothing sent to anybody, or that ends. */
    public void ofAll(boolean cut) {
        fromAll = cut;
    }

    @Override
    public Object down(Message message) {
        return fromAll && !local_addr.equals(message.getDest()) ? null : down_prot.down(message);
    }

    @Override
    public Object up(Message message) {
        return isCut(message.getSrc()) ? null : up_prot.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        if (!isCut(batch.getSender())) {
            up_prot.up(batch);
        }
    }

    private boolean isCut(Address sender) {
        return sender != null && !sender.equals(local_addr) && (fromAll || from.contains(sender));
    }
}

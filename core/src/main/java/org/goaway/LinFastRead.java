package org.goaway;

/**
 * A linearizable object whose reads are local: for what is read far more often than it is written.
 *
 * <p>Every member has a replica. A read is a look-up in this member's memory and sends nothing; only while a write of the
 * same field is being installed here does it wait for its end. A write goes to the object's home (a member that the name
 * picks), which locks the field at all members and then updates them all: two rounds with every member, shared by the
 * writes that queue meanwhile. It returns when all replicas have it.
 *
 * <p>Since all members take part in writes, a lost member ends them with {@link UnavailableException} or, for those under
 * way, {@link OutcomeUnknownException}; the message names it. In this version writes do not come back until the cluster is
 * started anew. Reads go on; those of a field that a write under way has locked wait in vain and end the same way.
 */
public interface LinFastRead extends LinearizableObject {

    @Override
    LinFastRead guardedBy(ClusterLock lock);
}

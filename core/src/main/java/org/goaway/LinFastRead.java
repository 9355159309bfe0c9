package org.goaway;

/**
 * A linearizable object whose reads are local: for what is read far more often than it is written.
 *
 * <p>Every member has a replica. A read is a look-up in this member's memory and sends nothing; only while a write of the
 * same field is being installed here does it wait for its end. A write goes to the object's home (a member that the name
 * picks), which locks the field at all members and then updates them all: two rounds with every member, shared by the
 * writes that queue meanwhile. It returns when all replicas have it.
 *
 * <p>Since all members take part in writes, a write waits while a member is lost, until the cluster has agreed to go on
 * without it: about its lease, or at once if its process is known to have ended. Other members' reads go on; only those of a
 * field that such a write has locked wait with it. A write that is not answered in the configured time ends with {@link
 * OutcomeUnknownException}. A member that is cut off from the majority reads until its lease is over; then reads end with
 * {@link UnavailableException}. What was written survives as long as one member of each epoch that has it all is in the next.
 *
 * <p>All fields of one object, with their names, take at most 512 MiB, since a member that comes in gets the object at once: a
 * write that would make it more throws {@link NotTransferableException} and changes nothing. Spread the fields over several
 * objects then.
 */
public interface LinFastRead extends LinearizableObject {

    @Override
    LinFastRead guardedBy(ClusterLock lock);
}

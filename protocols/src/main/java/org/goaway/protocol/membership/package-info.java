/**
 * Epochs and leases: which members the cluster has agreed on, and that each of them knows it in time (PROTOCOLS.md 1).
 *
 * <p>The {@link org.goaway.protocol.membership.EpochRegister} lives in the replicated log, so it survives what a majority of
 * the voters survives. The {@link org.goaway.protocol.membership.Registrar} of the member that leads the log proposes its
 * changes; every member's {@link org.goaway.protocol.membership.Epochs} learns them and keeps a lease, which ends before
 * the member is dropped: so a member that holds its lease is in the agreed epoch, whatever it has heard.
 */
package org.goaway.protocol.membership;

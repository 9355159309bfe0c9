/**
 * The replicated log of the voters: jgroups-raft's protocol without a channel. It keeps log, queue and message forms; its
 * elections, its way of catching up and its snapshots are replaced here (docs/decisions/0010 says why).
 */
package org.goaway.internal.cluster.raft;

/**
 * The node's side of the group: event loop, channel, views, packed messages, request and reply, and the replicated log.
 *
 * <p>The only user of JGroups and jgroups-raft; implements the ports of {@code org.goaway.protocol}. What JGroups calls
 * back only decodes and enqueues; everything else happens on the {@link org.goaway.internal.cluster.EventLoop}.
 */
package org.goaway.internal.cluster;

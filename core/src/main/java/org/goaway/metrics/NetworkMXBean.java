package org.goaway.metrics;

/** What a member exchanges with the others: GoAway's own messages, without those that JGroups adds. {@code type=Network}. */
public interface NetworkMXBean {

    /** How many messages were addressed to several members at once; without IP multicast a frame goes to each of them. */
    long getMulticasts();

    /** How many messages were sent, one to several members as often as it has members. */
    long getMessagesSent();

    /** How many frames were sent: all messages that leave for a member at the same time share one. */
    long getFramesSent();

    /** How many bytes these had. */
    long getBytesSent();

    /** How many frames have come. */
    long getFramesReceived();

    /** How many bytes these had. */
    long getBytesReceived();

    /** How many bytes wait to leave; at 256 MB of messages up to 1 MB for one member, or of larger ones, such messages to it are dropped. */
    long getBytesQueued();
}

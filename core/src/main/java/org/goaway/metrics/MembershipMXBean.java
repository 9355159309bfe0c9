package org.goaway.metrics;

/** How a member stands in its cluster. {@code type=Membership}. */
public interface MembershipMXBean {

    /** The name of the cluster. */
    String getCluster();

    /** The name of the member. */
    String getMember();

    /** How many members the last epoch has that this member was told of; 0 before its cluster has begun. */
    int getMembers();

    /** How many of these this member is connected to, itself included; before its cluster has begun, how many it sees. */
    int getMembersPresent();

    /** The number of the last epoch that this member was told of; 0 before its cluster has begun. */
    long getEpoch();

    /** Whether it leads the cluster's log, as it sees it. */
    boolean isLeader();

    /** Whether it holds its lease, without which it reads no linearizable object and is in no lock. */
    boolean isLeaseHeld();

    /** How long its lease lasts unless it is renewed, in seconds; 0 if it holds none. */
    double getLeaseRemainingSeconds();

    /** How many times the cluster has gone on without it. */
    long getTimesOut();
}

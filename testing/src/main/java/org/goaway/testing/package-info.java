/**
 * Clusters for the tests of programs that use GoAway: {@link org.goaway.testing.GoAwayCluster} starts one for the tests of a
 * class, {@link org.goaway.testing.TestCluster} kills, pauses and cuts off its members.
 */
package org.goaway.testing;

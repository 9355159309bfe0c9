/**
 * The kit for tests of protocols: a cluster of simulated members in one JVM, driven by one seed.
 *
 * <p>Nothing here starts a thread or reads a real clock: {@link org.goaway.protocol.kit.LocalCluster} runs events in the
 * order of simulated time, and everything random (delays, losses, pauses, who goes first) comes from the seed, so a
 * failing seed replays exactly. {@link org.goaway.protocol.kit.Seeds} runs a scenario for many seeds.
 */
package org.goaway.protocol.kit;

/**
 * What a member tells of itself through JMX: beans named {@code org.goaway:type=…,cluster=…,member=…}, from when it is made until it
 * is closed. What counts, counts from the start of the member and never falls; times are in seconds. All of it may be read by
 * any thread at any time; reading waits for nobody and costs microseconds.
 */
package org.goaway.metrics;

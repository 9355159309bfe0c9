/** JMH benchmarks: GoAway beside its peers and beside the limits of what it stands on. Run by {@code org.openjdk.jmh.Main}. */
package org.goaway.benchmarks;

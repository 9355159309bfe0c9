/**
 * Figures for those who look after a cluster: through JMX, Micrometer or as Prometheus text. All are read from what the parts of a
 * node have anyway, when they are asked for.
 */
package org.goaway.internal.metrics;

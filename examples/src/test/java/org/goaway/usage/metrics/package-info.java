/** Figures of clusters, as those who look after them see them. */
package org.goaway.usage.metrics;

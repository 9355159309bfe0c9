/**
 * The figures of a cluster's member for Micrometer. Only programs that use this package need {@code io.micrometer:micrometer-core}, which
 * they bring themselves.
 */
package org.goaway.micrometer;

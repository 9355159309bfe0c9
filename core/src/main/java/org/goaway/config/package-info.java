/**
 * Reads the settings of a cluster from goaway.yaml, the environment and system properties.
 *
 * <p>All three are turned into the same {@code Setting}s, so that a key is parsed in one place wherever it was found, and
 * an error always tells where that was.
 */
package org.goaway.config;

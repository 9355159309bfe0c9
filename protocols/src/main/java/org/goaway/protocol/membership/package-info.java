/**
 * The epoch register: which members the cluster has agreed on (PROTOCOLS.md 1.1).
 *
 * <p>The register lives in the replicated log, so it survives what a majority of the voters survives. This first form
 * knows one command, {@link org.goaway.protocol.membership.Found}.
 */
package org.goaway.protocol.membership;

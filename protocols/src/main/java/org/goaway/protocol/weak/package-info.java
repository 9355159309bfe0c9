/**
 * Weak objects: every write is local and reaches the others later.
 *
 * <p>A field is a last-writer-wins register whose versions are pairs of a Lamport counter and the writer (Lamport, "Time,
 * clocks, and the ordering of events in a distributed system", 1978; Shapiro et al., "A comprehensive study of convergent
 * and commutative replicated data types", 2011, section 3.2.1). Replicas keep the highest version they have seen.
 *
 * <p>Invariants: the version of a field never goes back at a replica; replicas that have installed the same sets are
 * equal, whatever their order; a member's read sees its own earlier set or a newer one; when a {@code sync} has
 * completed, each member of the epoch that is not gone has installed the sets it stands for, or newer ones.
 *
 * <p>Survived: messages that are lost, repeated, late or out of order; members that pause; members that are gone. Lost
 * with a member: those of its sets that reached nobody, which no {@code sync} of it has covered. docs/design/weak.md has
 * the steps.
 */
package org.goaway.protocol.weak;

/**
 * Release consistency: what a section wrote is seen, all of it or none, from its release on (PROTOCOLS.md 3, writer mode).
 *
 * <p>Idea: the object's lock lives at its home ({@code org.goaway.protocol.lock}); its grant names the version that the
 * section must start from. A release is one multicast of what was written, and returns at once: the home hands the lock on
 * when it has it, the others apply it to their copies. The version of an object is the token of the last section applied,
 * so a version never means two contents.
 *
 * <p>Invariants: a section starts from a copy with all earlier releases and no other; a copy goes from one version to a
 * later one in one step; the home changes its copy only by the release of the present holder (D2), the others only by a
 * diff whose base they have (D3) or by the home's whole state.
 *
 * <p>Survives loss, delay, duplication and reordering of messages. A lost home or holder ends the waits of those that want
 * a section; reads go on.
 */
package org.goaway.protocol.release;

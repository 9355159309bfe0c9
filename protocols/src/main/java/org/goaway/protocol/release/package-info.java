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
 * <p>Across epochs (3.5): the new home takes over the highest version that any member has, and lets nobody in before it knows
 * it and has its content. Sections of members that stay go on. A member that was dropped has lost its copies and sections;
 * it is synced when it has what the homes of one epoch have.
 *
 * <p>Survives loss, delay, duplication and reordering of messages, crashes, pauses, false suspicion, and members that join or
 * come back. A release is lost only whole, when its releaser and all that had it are gone.
 */
package org.goaway.protocol.release;

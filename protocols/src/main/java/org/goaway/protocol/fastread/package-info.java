/**
 * Linearizable objects whose reads are local: a field's entry is read from this member's memory without a message.
 *
 * <p><b>Idea</b> (PROTOCOLS.md 2; docs/design/fast-read.md). Every object has a home, which orders its writes. A write is
 * ordered two-phase locking: the home sends the new value to all members (LOCK), which install it as LOCKED and
 * acknowledge; when all have, the write is committed and UPDATE unlocks it everywhere. A reader returns a VALID entry and
 * waits in front of a LOCKED one. It is the write protocol of Hermes (Katsarakis et al., ASPLOS 2020: invalidate,
 * acknowledge, validate, with the value in the invalidation) with one coordinator per object instead of many.
 *
 * <p><b>Invariants</b> (spec/FastRead.tla). A version means one set of values. A value is VALID somewhere only when every
 * member holds it, or a later one. No member returns a value older than one that any finished read or write has shown. An
 * operation takes effect at most once, however often it is sent.
 *
 * <p><b>Failures survived</b>, within one epoch: loss, delay, repetition and reordering of any message; pauses of any
 * member. A member that is lost stops writes, which then end with its name; reads of VALID entries go on.
 */
package org.goaway.protocol.fastread;

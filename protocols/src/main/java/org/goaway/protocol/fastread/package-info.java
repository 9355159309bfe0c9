/**
 * Linearizable objects whose reads are local: a field's entry is read from this member's memory without a message.
 *
 * <p><b>Idea</b> (PROTOCOLS.md 2; docs/design/fast-read.md). Every object has a home, which orders its writes. A write is
 * ordered two-phase locking: the home sends the new value to all members (LOCK), which install it as LOCKED and
 * acknowledge; when all have, the write is committed and UPDATE unlocks it everywhere. A reader returns a VALID entry and
 * waits in front of a LOCKED one. It is the write protocol of Hermes (Katsarakis et al., ASPLOS 2020: invalidate,
 * acknowledge, validate, with the value in the invalidation) with one coordinator per object instead of many.
 *
 * <p><b>Invariants</b> (spec/FastRead.tla). A version means one content of the object. A value is VALID somewhere only when
 * every member holds it, or a later one. No member returns a value older than one that any finished read or write has
 * shown. An operation takes effect at most once, however often it is sent and to whichever home.
 *
 * <p><b>Failures survived</b>: loss, delay, repetition and reordering of any message; pauses of any member; crashes, false
 * suspicion, partitions, members that enter or come back, as long as one full member of each epoch is in the next. A round
 * that lacks a lost member waits for the epoch without it; reads of VALID entries go on under the lease.
 */
package org.goaway.protocol.fastread;

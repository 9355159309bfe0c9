/**
 * Twins and diffs: what a section changed in a value, found by comparing with what it was, carried as an edit of the value's
 * encoding, and put onto the same encoding elsewhere.
 *
 * <p>Idea: a diff never looks into a value. An encoding is deterministic, so changed elements, entries and fields are changed
 * bytes of it, and a member that has none of the application's classes can apply, keep and hand over a diff like any other.
 *
 * <p>Invariants: a patch fits on encodings of one length only, and is checked as a whole before it is used; what it makes has
 * the length that it says. {@code between(a, b)} applied to {@code a} is {@code b}, byte for byte. A patch is smaller than
 * the value that it makes; else the value itself travels.
 */
package org.goaway.protocol.diff;

/**
 * The parts of the codec for values: how each kind of object is recognised, written, read back and refused. Only
 * {@link org.goaway.internal.wire.Codec} drives them; the rest of GoAway sees {@link
 * org.goaway.internal.wire.value.Bindings}, {@link org.goaway.internal.wire.value.Handle} and the two exceptions.
 */
package org.goaway.internal.wire.value;

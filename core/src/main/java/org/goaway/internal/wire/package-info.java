/**
 * Bytes and objects: {@link org.goaway.internal.wire.Codec} for whatever an application ships or stores (docs/decisions/0001-wire-codec.md), and
 * {@link org.goaway.internal.wire.MessageCodec} for the records that members send each other.
 *
 * <p>Neither uses Java serialization, Unsafe or opened packages. What the two cannot read they refuse with one exception,
 * {@link org.goaway.internal.wire.value.CorruptException}.
 */
package org.goaway.internal.wire;

/**
 * How each kind of object is recognised, written, read back and refused: {@link
 * org.goaway.internal.wire.form.Forms} finds the form of a class, a {@link org.goaway.internal.wire.form.Writer} and a
 * {@link org.goaway.internal.wire.form.Reader} carry one value. Only {@link org.goaway.internal.wire.Codec} drives them.
 */
package org.goaway.internal.wire.form;

package org.goaway.internal.wire;

import java.io.IOException;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.goaway.GoAwayException;
import org.goaway.NotTransferableException;
import org.goaway.internal.wire.form.Comparables;
import org.goaway.internal.wire.form.Forms;
import org.goaway.internal.wire.form.Reader;
import org.goaway.internal.wire.form.Writer;
import org.goaway.internal.wire.value.Bindings;
import org.goaway.internal.wire.value.ClassMissingException;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.TooDeep;

/**
 * Turns what an application ships or stores into bytes and back (docs/decisions/0001-wire-codec.md). Encodings are self-contained and name the
 * application's classes; they do not depend on hashes of identity.
 *
 * <p>One for each application's loader, and collected with it: what it learns of classes is kept in it alone. Safe for any
 * thread; runs on the caller's, or on one of its own with a large stack where values are nested deeply.
 */
public final class Codec {

    private final Forms forms;

    /** @param loader what the application's classes are found with */
    public Codec(ClassLoader loader, Bindings bindings) {
        this.forms = new Forms(loader, bindings);
    }

    /**
     * Encodes what is sent once and decoded once: arguments, functions, results. References that the value has to an object
     * several times, or to itself, survive.
     *
     * @throws NotTransferableException if something in it cannot travel, naming its class and the path to it
     */
    public byte[] encode(Object value) {
        byte[] scalar = TopLevel.encode(value, false);
        return scalar != null ? scalar : write(value, true, false);
    }

    /**
     * As {@link #encode(Object)}, but each cause and suppressed exception is replaced.
     *
     * @param instead gives what travels in the place of one, perhaps several times; null: nothing. Then called for the parts of
     *     what it gave
     * @throws NotTransferableException if something else in it cannot travel, naming its class and the path to it
     */
    public byte[] encode(Throwable thrown, UnaryOperator<Throwable> instead) {
        return write(thrown, true, false, instead);
    }

    /**
     * As {@link #encode(Object)}, but lambdas are named by numbers, which {@link #lambda} of this codec tells the meaning of: a lambda takes three
     * bytes and what it captures.
     *
     * @throws NotTransferableException if something in it cannot travel, naming its class and the path to it
     */
    public byte[] encodeNumbered(Object value) {
        byte[] scalar = TopLevel.encode(value, false);
        return scalar != null ? scalar : write(value, true, true);
    }

    /** Describes the lambda that {@link #encodeNumbered} named so; null: it named none so. */
    public byte[] lambda(int number) {
        return forms.lambda(number);
    }

    /**
     * Encodes what replicas keep and compare. As {@link #encode(Object)}, but equal values of the {@linkplain #comparable
     * comparable} kinds have equal bytes, for which their parts are written as often as they are met.
     *
     * @throws NotTransferableException if something in it cannot travel, naming its class and the path to it
     */
    public byte[] encodeStored(Object value) {
        byte[] scalar = TopLevel.encode(value, true);
        return scalar != null ? scalar : write(value, !comparable(value), false);
    }

    /**
     * Decodes what either of the two wrote. Does not keep the array.
     *
     * @throws ClassMissingException if a class of it cannot be loaded
     * @throws CorruptException whatever else is wrong with the bytes
     */
    public Object decode(byte[] bytes) {
        return decode(bytes, number -> null);
    }

    /**
     * Decodes what {@link #encodeNumbered} of another member's codec wrote, too.
     *
     * @param lambdas asked once for each lambda what that member's {@link #lambda} says; null: nothing. May block
     */
    public Object decode(byte[] bytes, IntFunction<byte[]> lambdas) {
        try {
            return TopLevel.isShort(bytes)
                    ? TopLevel.decode(bytes)
                    : DeepCall.run(depth -> new Reader(forms, lambdas, bytes, depth).read());
        } catch (CorruptException e) {
            throw e;
        } catch (Refusal e) {
            throw new CorruptException("not a value: " + e.toException().getMessage(), e);
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            throw new CorruptException("not a value that this program can read: " + e, e);
        }
    }

    /** Whether {@code value} is of a kind of which equal values have equal stored encodings. */
    public boolean comparable(Object value) {
        return Comparables.comparable(value);
    }

    private byte[] write(Object value, boolean sharing, boolean numbers) {
        return write(value, sharing, numbers, UnaryOperator.identity());
    }

    private byte[] write(Object value, boolean sharing, boolean numbers, UnaryOperator<Throwable> instead) {
        try {
            return DeepCall.run(depth -> new Writer(forms, sharing, numbers, instead, depth).write(value));
        } catch (Refusal refusal) {
            throw refusal.toException();
        } catch (TooDeep | StackOverflowError e) {
            throw new NotTransferableException(
                    "cannot ship a " + value.getClass().getName() + ": it is nested deeper than " + DeepCall.DEEP
                            + " objects; send it as a list or an array",
                    e);
        } catch (GoAwayException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new NotTransferableException(
                    "cannot ship a " + value.getClass().getName() + ": its own code failed with " + e, e);
        }
    }
}

package org.goaway.internal.wire.form;

import io.protostuff.ByteArrayInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Handle;
import org.goaway.internal.wire.value.Strings;
import org.goaway.internal.wire.value.Tag;
import org.goaway.internal.wire.value.TooDeep;

/**
 * Reads what a {@link Writer} wrote. Trusts nothing: every length and count is compared with what remains, every number
 * with its table. Whatever it throws means that the bytes are damaged. Used once, by one thread.
 */
public final class Reader {

    private final Forms forms;
    private final IntFunction<byte[]> lambdas;
    private final byte[] bytes;
    private final int maxDepth;
    private final ByteArrayInput in;
    private final Shape.Cursor cursor = new Shape.Cursor(null, this);
    private final List<Class<?>> classes = new ArrayList<>(4);
    private final List<Form> shapes = new ArrayList<>(4);
    private final References references = new References();
    private int depth;

    /** @param lambdas describes lambdas that are named by a number which is not known here; null where there is none */
    public Reader(Forms forms, IntFunction<byte[]> lambdas, byte[] bytes, int maxDepth) {
        this.forms = forms;
        this.lambdas = lambdas;
        this.bytes = bytes;
        this.maxDepth = maxDepth;
        this.in = new ByteArrayInput(bytes, 0, bytes.length, true);
    }

    /** Reads the one value that takes all bytes. */
    public Object read() throws IOException {
        Object value = any();
        if (in.currentOffset() != bytes.length) {
            throw new CorruptException("a value is followed by " + remaining() + " bytes that are not part of it");
        }
        return value;
    }

    Forms forms() {
        return forms;
    }

    int remaining() {
        return bytes.length - in.currentOffset();
    }

    Object any() throws IOException {
        int key = in.readRawVarint32();
        return switch (key) {
            case Tag.CONSTANT << 3 | Tag.VARINT -> constant(in.readRawVarint32());
            case Tag.INT << 3 | Tag.VARINT -> in.readSInt32();
            case Tag.LONG << 3 | Tag.VARINT -> in.readSInt64();
            case Tag.DOUBLE << 3 | Tag.FIXED64 -> Double.longBitsToDouble(in.readFixed64());
            case Tag.STRING << 3 | Tag.BYTES -> string();
            case Tag.UTF16 << 3 | Tag.BYTES -> Strings.ofUtf16(byteArray());
            case Tag.REFERENCE << 3 | Tag.VARINT -> references.referred(in.readRawVarint32());
            default -> {
                if (++depth > maxDepth) {
                    throw new TooDeep();
                }
                Object value = compound(key);
                depth--;
                yield value;
            }
        };
    }

    private Object compound(int key) throws IOException {
        return switch (key) {
            case Tag.OBJECT << 3 | Tag.VARINT -> object(in.readRawVarint32());
            case Tag.COLLECTION << 3 | Tag.VARINT -> CollectionForm.read(this, in.readRawVarint32());
            case Tag.MAP << 3 | Tag.VARINT -> MapForm.read(this, in.readRawVarint32());
            case Tag.PRIMITIVES << 3 | Tag.BYTES -> ArrayForm.readPrimitives(this, byteArray());
            case Tag.OBJECTS << 3 | Tag.VARINT -> ArrayForm.readObjects(this, classNumbered(in.readRawVarint32()));
            case Tag.ENUM << 3 | Tag.VARINT -> forms.constant(classNumbered(in.readRawVarint32()), text());
            case Tag.JDK_VALUE << 3 | Tag.VARINT -> forms.jdkValues().read(this, in.readRawVarint32());
            case Tag.LAMBDA << 3 | Tag.VARINT -> LambdaForm.read(this, classNumbered(in.readRawVarint32()));
            case Tag.NUMBERED << 3 | Tag.VARINT -> numbered(in.readRawVarint32());
            case Tag.THROWABLE << 3 | Tag.VARINT -> throwable(in.readRawVarint32());
            case Tag.CLASS << 3 | Tag.VARINT -> classNumbered(in.readRawVarint32());
            case Tag.HANDLE << 3 | Tag.VARINT -> handle(in.readRawVarint32());
            default -> throw new CorruptException("no value starts with " + key);
        };
    }

    private static Object constant(int number) {
        return switch (number) {
            case Tag.NULL -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            default -> throw new CorruptException("no constant has the number " + number);
        };
    }

    References references() {
        return references;
    }

    int reserve() {
        return references.reserve();
    }

    void fill(int reference, Object value) {
        references.fill(reference, value);
    }

    Object finish(int reference, Object value) {
        references.finish(reference, value);
        return value;
    }

    private Object object(int number) throws IOException {
        int reference = reserve();
        Form form = shapeNumbered(number);
        if (form instanceof ObjectForm objects) {
            return objects.read(this, reference);
        }
        throw new CorruptException(form + " in the place of an object");
    }

    private Object numbered(int number) throws IOException {
        int reference = reserve();
        return finish(reference, forms.numberedLambdas().read(this, number, lambdas));
    }

    private Object throwable(int number) throws IOException {
        int reference = reserve();
        if (shapeNumbered(number) instanceof ThrowableForm throwables) {
            return throwables.read(this, reference);
        }
        throw new CorruptException("an object in the place of an exception");
    }

    private Form shapeNumbered(int number) throws IOException {
        if (number == shapes.size()) {
            Class<?> type = forms.resolve(text());
            int fingerprint = number(Tag.DETAIL);
            shapes.add(forms.shaped(type, fingerprint));
        }
        return entry(shapes, number);
    }

    Class<?> classNumbered(int number) throws IOException {
        if (number == classes.size()) {
            classes.add(forms.resolve(text()));
        }
        return entry(classes, number);
    }

    Class<?> classOf(int field) throws IOException {
        return classNumbered(number(field));
    }

    private static <T> T entry(List<T> table, int number) {
        if (number < 0 || number >= table.size()) {
            throw new CorruptException("number " + number + " of a table of " + table.size());
        }
        return table.get(number);
    }

    private Object handle(int kind) throws IOException {
        Handle.Kind[] kinds = Handle.Kind.values();
        if (kind < 0 || kind >= kinds.length) {
            throw new CorruptException("no handle is of kind " + kind);
        }
        Object bound = forms.bindings().bind(new Handle(kinds[kind], text()));
        if (bound == null) {
            throw new CorruptException("a " + kinds[kind] + " means nothing here");
        }
        return bound;
    }

    private void expect(int key) throws IOException {
        int found = in.readRawVarint32();
        if (found != key) {
            throw new CorruptException("a field " + found + " in the place of " + key);
        }
    }

    int number(int field) throws IOException {
        expect(Tag.key(field, Tag.VARINT));
        return in.readRawVarint32();
    }

    long number() throws IOException {
        expect(Tag.key(Tag.DETAIL, Tag.VARINT));
        return in.readSInt64();
    }

    long fixed() throws IOException {
        expect(Tag.key(Tag.DETAIL, Tag.FIXED64));
        return in.readFixed64();
    }

    /** A count of elements that take {@code each} bytes at least. */
    int count(int each) throws IOException {
        int count = number(Tag.DETAIL);
        if (count < 0 || count > remaining() / each) {
            throw new CorruptException(count + " elements are announced in " + remaining() + " bytes");
        }
        return count;
    }

    String text() throws IOException {
        return as(String.class);
    }

    <T> T as(Class<T> type) throws IOException {
        Object value = any();
        if (!type.isInstance(value)) {
            throw new CorruptException(
                    (value == null ? "null" : "a " + value.getClass().getName()) + " in the place of a "
                            + type.getName());
        }
        return type.cast(value);
    }

    byte[] bytes(int field) throws IOException {
        expect(Tag.key(field, Tag.BYTES));
        return byteArray();
    }

    /** The key of the next field, which stays unread. */
    int peek() throws IOException {
        int offset = in.currentOffset();
        int key = in.readRawVarint32();
        in.setBounds(offset, bytes.length);
        return key;
    }

    private byte[] byteArray() throws IOException {
        int start = skipLength();
        return Arrays.copyOfRange(bytes, start, in.currentOffset());
    }

    private String string() throws IOException {
        int start = skipLength();
        return new String(bytes, start, in.currentOffset() - start, StandardCharsets.UTF_8);
    }

    private int skipLength() throws IOException {
        int length = in.readRawVarint32();
        int start = in.currentOffset();
        if (length < 0 || length > bytes.length - start) {
            throw new CorruptException(length + " bytes are announced where " + (bytes.length - start) + " remain");
        }
        in.setBounds(start + length, bytes.length);
        return start;
    }

    /** Reads a group of fields into {@code target}. */
    void fields(int field, Shape shape, Object target) throws IOException {
        expect(Tag.key(field, Tag.GROUP));
        Object saved = cursor.target;
        cursor.target = target;
        shape.schema().mergeFrom(in, cursor);
        cursor.target = saved;
        if (in.currentOffset() > bytes.length
                || (bytes[in.currentOffset() - 1] & 0xFF) != Tag.key(field, Tag.END_GROUP)) {
            throw new CorruptException("the fields of " + shape.type().getName() + " do not end");
        }
    }

    private void expectWireType(int wireType) {
        if ((in.getLastTag() & 7) != wireType) {
            throw new CorruptException("a field " + in.getLastTag() + " of another type");
        }
    }

    int intField() throws IOException {
        expectWireType(Tag.VARINT);
        return in.readSInt32();
    }

    boolean booleanField() throws IOException {
        expectWireType(Tag.VARINT);
        return in.readRawVarint32() != 0;
    }

    long longField() throws IOException {
        expectWireType(Tag.VARINT);
        return in.readSInt64();
    }

    int fixed32Field() throws IOException {
        expectWireType(Tag.FIXED32);
        return in.readFixed32();
    }

    long fixed64Field() throws IOException {
        expectWireType(Tag.FIXED64);
        return in.readFixed64();
    }

    String stringField(int field) throws IOException {
        if ((in.getLastTag() & 7) == Tag.BYTES) {
            return string();
        }
        Object value = group(field);
        if (value instanceof String text) {
            return text;
        }
        throw new CorruptException("something else in the place of a string");
    }

    Object group(int field) throws IOException {
        expectWireType(Tag.GROUP);
        Object value = any();
        expect(Tag.key(field, Tag.END_GROUP));
        return value;
    }
}

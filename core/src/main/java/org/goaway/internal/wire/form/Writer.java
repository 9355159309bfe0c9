package org.goaway.internal.wire.form;

import io.protostuff.Input;
import io.protostuff.LinkedBuffer;
import io.protostuff.Output;
import io.protostuff.ProtostuffOutput;
import io.protostuff.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Strings;
import org.goaway.internal.wire.value.Tag;
import org.goaway.internal.wire.value.TooDeep;

/** Writes one object and all that it refers to. Used once, by one thread. */
public final class Writer {

    /** Arrays of more bytes are refused here: those of a value are counted in an int. */
    public static final int LARGEST = 1 << 30;

    /** Up to so many classes a search beats a map. */
    private static final int FEW = 8;

    private final Forms forms;
    private final boolean sharing;
    private final boolean numbers;
    private final UnaryOperator<Throwable> instead;
    private final int maxDepth;
    private final ProtostuffOutput out = new ProtostuffOutput(LinkedBuffer.allocate(512));
    private final Shape.Cursor cursor = new Shape.Cursor(this, null);
    private final Names<Class<?>> classes = new Names<>();
    private final Names<Shape> shapes = new Names<>();
    private Object firstSeen;
    private boolean firstOpen;
    private IdentityHashMap<Object, Integer> seen;
    private IdentityHashMap<Object, Object> replaced;
    private int references;
    private int depth;

    /**
     * @param sharing whether an object met again is written as a reference; if not, the value must be a tree
     * @param numbers whether lambdas are named by numbers, which readers may have to ask about
     * @param instead what is written in the place of an exception that another one has as cause or suppressed one
     */
    public Writer(Forms forms, boolean sharing, boolean numbers, UnaryOperator<Throwable> instead, int maxDepth) {
        this.forms = forms;
        this.sharing = sharing;
        this.numbers = numbers;
        this.instead = instead;
        this.maxDepth = maxDepth;
    }

    /** Numbers what is described in full the first time only. */
    private static final class Names<T> {

        private final List<T> known = new ArrayList<>(FEW);
        private Map<T, Integer> many;

        /** The number of {@code name}; the count so far if it is new, which the caller then describes. */
        int numberOf(T name) {
            int size = known.size();
            if (many == null) {
                for (int i = 0; i < size; i++) {
                    if (known.get(i) == name) {
                        return i;
                    }
                }
            } else if (many.get(name) != null) {
                return many.get(name);
            }
            known.add(name);
            if (many != null) {
                many.put(name, size);
            } else if (size == FEW) {
                many = new HashMap<>();
                known.forEach(each -> many.put(each, many.size()));
            }
            return size;
        }

        int size() {
            return known.size();
        }
    }

    /** Lets protostuff write the group around a nested value; reading does without. */
    private record Any(Object value) implements Schema<Writer> {

        @Override
        public void writeTo(Output output, Writer writer) throws IOException {
            writer.any(value);
        }

        @Override
        public void mergeFrom(Input input, Writer writer) {
            throw new IllegalStateException("values are read by Reader");
        }

        @Override
        public String getFieldName(int number) {
            return Integer.toString(number);
        }

        @Override
        public int getFieldNumber(String name) {
            return Integer.parseInt(name);
        }

        @Override
        public boolean isInitialized(Writer writer) {
            return true;
        }

        @Override
        public Writer newMessage() {
            throw new IllegalStateException("values are read by Reader");
        }

        @Override
        public String messageName() {
            return "any";
        }

        @Override
        public String messageFullName() {
            return "any";
        }

        @Override
        public Class<? super Writer> typeClass() {
            return Writer.class;
        }
    }

    /** Writes {@code value} and returns all bytes. */
    public byte[] write(Object value) throws IOException {
        any(value);
        return out.toByteArray();
    }

    void any(Object value) throws IOException {
        if (value == null) {
            out.writeUInt32(Tag.CONSTANT, Tag.NULL, false);
        } else {
            forms.of(value.getClass()).write(this, value);
        }
    }

    /** Whether lambdas are named by numbers. */
    boolean numbers() {
        return numbers;
    }

    /** What travels of a cause or suppressed exception. */
    Throwable instead(Throwable part) {
        return part == null ? null : instead.apply(part);
    }

    Forms forms() {
        return forms;
    }

    ProtostuffOutput out() {
        return out;
    }

    void number(int field, int value) throws IOException {
        out.writeUInt32(field, value, false);
    }

    void number(long value) throws IOException {
        out.writeSInt64(Tag.DETAIL, value, false);
    }

    void fixed(long value) throws IOException {
        out.writeFixed64(Tag.DETAIL, value, false);
    }

    /** A string that is not null, as a detail or an element alike. */
    void text(String value) throws IOException {
        text(Tag.STRING, value);
    }

    void text(int field, String value) throws IOException {
        byte[] utf8 = Strings.utf8(value);
        if (utf8 != null) {
            out.writeByteArray(field, utf8, false);
        } else if (field == Tag.STRING) {
            out.writeByteArray(Tag.UTF16, Strings.utf16(value), false);
        } else {
            group(field, value);
        }
    }

    void bytes(int field, byte[] value) throws IOException {
        out.writeByteArray(field, value, false);
    }

    /** A field that holds anything. */
    void group(int field, Object value) throws IOException {
        out.writeObject(field, this, new Any(value), false);
    }

    void fields(int field, Shape shape, Object target) throws IOException {
        Object saved = cursor.target;
        cursor.target = target;
        out.writeObject(field, cursor, shape.schema(), false);
        cursor.target = saved;
    }

    void classOf(int field, Class<?> type) throws IOException {
        int known = classes.size();
        int number = classes.numberOf(type);
        out.writeUInt32(field, number, false);
        if (number == known) {
            text(type.getName());
        }
    }

    void shapeOf(int field, Shape shape) throws IOException {
        int known = shapes.size();
        int number = shapes.numberOf(shape);
        out.writeUInt32(field, number, false);
        if (number == known) {
            text(shape.type().getName());
            number(Tag.DETAIL, shape.fingerprint());
        }
    }

    /** Writes a reference if {@code value} was met before. */
    boolean writeReference(Object value, boolean early) throws IOException {
        if (!sharing) {
            return false;
        }
        Integer number = references == 0 ? null : numberOf(value);
        if (number == null) {
            remember(value, early ? references : ~references);
            references++;
            return false;
        } else if (number < 0) {
            throw new Refusal(value.getClass(), "it refers to itself, but can only be made once its parts are", null);
        }
        out.writeUInt32(Tag.REFERENCE, number, false);
        return true;
    }

    /** What travels instead of {@code value}: one object, however often it is met, so that what shares it still does. */
    Object replaced(Object value, Accessors.Getter replacement) {
        if (!sharing) {
            return replacement.get(value);
        }
        if (replaced == null) {
            replaced = new IdentityHashMap<>();
        }
        return replaced.computeIfAbsent(value, replacement::get);
    }

    private Integer numberOf(Object value) {
        if (seen != null) {
            return seen.get(value);
        }
        return value == firstSeen ? (firstOpen ? -1 : 0) : null;
    }

    private void remember(Object value, int number) {
        if (references == 0) {
            firstSeen = value;
            firstOpen = number < 0;
            return;
        }
        if (seen == null) {
            seen = new IdentityHashMap<>();
            seen.put(firstSeen, firstOpen ? -1 : 0);
        }
        seen.put(value, number);
    }

    void enter() {
        if (++depth > maxDepth) {
            throw new TooDeep();
        }
    }

    /** Ends what {@link #enter()} began; from now on others may refer to {@code value}. */
    void leave(Object value, boolean early) {
        depth--;
        if (!early && sharing) {
            if (seen == null) {
                firstOpen = false;
            } else {
                seen.computeIfPresent(value, (object, number) -> number < 0 ? ~number : number);
            }
        }
    }

    /** Writes {@code value} apart from all others, to order sets and maps by. */
    byte[] alone(Object value) throws IOException {
        return new Writer(forms, false, numbers, instead, maxDepth).write(value);
    }
}

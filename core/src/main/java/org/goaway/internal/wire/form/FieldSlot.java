package org.goaway.internal.wire.form;

import static java.lang.invoke.MethodType.methodType;

import io.protostuff.Input;
import io.protostuff.Output;
import io.protostuff.Pipe;
import io.protostuff.WireFormat;
import io.protostuff.runtime.Field;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;

/**
 * One field of a class or component of a record. Zeros, falses and nulls are left out: instances start with them. A read
 * record's components go into an array for its constructor.
 */
abstract class FieldSlot extends Field<Shape.Cursor> {

    private static final MethodHandle ELEMENT = MethodHandles.arrayElementSetter(Object[].class);

    final MethodHandle getter;
    final MethodHandle setter;
    private final Class<?> declared;
    private final String label;
    private final String owner;

    /** The parts that all kinds of slots have. */
    private record Parts(
            int number, String owner, String label, Class<?> declared, MethodHandle getter, MethodHandle setter) {}

    FieldSlot(Parts parts, Class<?> carried, WireFormat.FieldType type) {
        super(type, parts.number, parts.label + "#" + parts.number, null);
        this.getter = parts.getter.asType(methodType(carried, Object.class));
        this.setter = parts.setter.asType(methodType(void.class, Object.class, carried));
        this.declared = parts.declared;
        this.label = parts.label;
        this.owner = parts.owner;
    }

    static FieldSlot of(int number, java.lang.reflect.Field field) {
        Accessors.open(field, field.getDeclaringClass());
        try {
            return of(new Parts(
                    number,
                    field.getDeclaringClass().getName(),
                    field.getName(),
                    field.getType(),
                    Accessors.LOOKUP.unreflectGetter(field),
                    Accessors.LOOKUP.unreflectSetter(field)));
        } catch (IllegalAccessException e) {
            throw new Refusal(field.getDeclaringClass(), "its field " + field.getName() + " cannot be set", e);
        }
    }

    static FieldSlot of(int number, RecordComponent component) {
        Method accessor = component.getAccessor();
        Accessors.open(accessor, component.getDeclaringRecord());
        try {
            return of(new Parts(
                    number,
                    component.getDeclaringRecord().getName(),
                    component.getName(),
                    component.getType(),
                    Accessors.LOOKUP.unreflect(accessor),
                    MethodHandles.insertArguments(ELEMENT, 1, number - 1)));
        } catch (IllegalAccessException e) {
            throw new Refusal(component.getDeclaringRecord(), "its " + component.getName() + " cannot be read", e);
        }
    }

    private static FieldSlot of(Parts parts) {
        Class<?> type = parts.declared;
        if (type == int.class || type == short.class || type == byte.class || type == char.class) {
            return new OfInt(parts);
        } else if (type == long.class) {
            return new OfLong(parts);
        } else if (type == double.class) {
            return new OfDouble(parts);
        } else if (type == float.class) {
            return new OfFloat(parts);
        } else if (type == boolean.class) {
            return new OfBoolean(parts);
        }
        return type == String.class ? new OfString(parts) : new OfAny(parts);
    }

    String description() {
        return declared.getTypeName() + " " + label;
    }

    abstract void write(Shape.Cursor cursor) throws Throwable;

    abstract void read(Shape.Cursor cursor) throws Throwable;

    @Override
    protected final void writeTo(Output output, Shape.Cursor cursor) throws IOException {
        try {
            write(cursor);
        } catch (Refusal refusal) {
            throw refusal.at(owner + "." + label);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    protected final void mergeFrom(Input input, Shape.Cursor cursor) throws IOException {
        try {
            read(cursor);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    protected final void transfer(Pipe pipe, Input input, Output output, boolean repeated) {
        throw new IllegalStateException("values are never piped");
    }

    private static final class OfInt extends FieldSlot {

        private final Class<?> narrow;
        private final MethodHandle wideGetter;
        private final MethodHandle narrowSetter;

        OfInt(Parts parts) {
            super(parts, parts.declared, WireFormat.FieldType.SINT32);
            this.narrow = parts.declared;
            this.wideGetter = getter.asType(methodType(int.class, Object.class));
            this.narrowSetter =
                    MethodHandles.explicitCastArguments(setter, methodType(void.class, Object.class, int.class));
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            int value = (int) wideGetter.invokeExact(cursor.target);
            if (value != 0) {
                cursor.writer.out().writeSInt32(number, value, false);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            int value = cursor.reader.intField();
            if ((narrow == byte.class && value != (byte) value)
                    || (narrow == short.class && value != (short) value)
                    || (narrow == char.class && value != (char) value)) {
                throw new CorruptException("a " + narrow + " of " + value);
            }
            narrowSetter.invokeExact(cursor.target, value);
        }
    }

    private static final class OfLong extends FieldSlot {

        OfLong(Parts parts) {
            super(parts, long.class, WireFormat.FieldType.SINT64);
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            long value = (long) getter.invokeExact(cursor.target);
            if (value != 0) {
                cursor.writer.out().writeSInt64(number, value, false);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            setter.invokeExact(cursor.target, cursor.reader.longField());
        }
    }

    private static final class OfDouble extends FieldSlot {

        OfDouble(Parts parts) {
            super(parts, double.class, WireFormat.FieldType.FIXED64);
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            long bits = Double.doubleToLongBits((double) getter.invokeExact(cursor.target));
            if (bits != 0) {
                cursor.writer.out().writeFixed64(number, bits, false);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            setter.invokeExact(cursor.target, Double.longBitsToDouble(cursor.reader.fixed64Field()));
        }
    }

    private static final class OfFloat extends FieldSlot {

        OfFloat(Parts parts) {
            super(parts, float.class, WireFormat.FieldType.FIXED32);
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            int bits = Float.floatToIntBits((float) getter.invokeExact(cursor.target));
            if (bits != 0) {
                cursor.writer.out().writeFixed32(number, bits, false);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            setter.invokeExact(cursor.target, Float.intBitsToFloat(cursor.reader.fixed32Field()));
        }
    }

    private static final class OfBoolean extends FieldSlot {

        OfBoolean(Parts parts) {
            super(parts, boolean.class, WireFormat.FieldType.BOOL);
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            if ((boolean) getter.invokeExact(cursor.target)) {
                cursor.writer.out().writeBool(number, true, false);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            setter.invokeExact(cursor.target, cursor.reader.booleanField());
        }
    }

    private static final class OfString extends FieldSlot {

        OfString(Parts parts) {
            super(parts, String.class, WireFormat.FieldType.STRING);
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            String value = (String) getter.invokeExact(cursor.target);
            if (value != null) {
                cursor.writer.text(number, value);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            setter.invokeExact(cursor.target, cursor.reader.stringField(number));
        }
    }

    /** Whatever is not a scalar, by its own class. */
    private static final class OfAny extends FieldSlot {

        private final Class<?> bound;

        OfAny(Parts parts) {
            super(parts, Object.class, WireFormat.FieldType.MESSAGE);
            this.bound = parts.declared;
        }

        @Override
        void write(Shape.Cursor cursor) throws Throwable {
            Object value = (Object) getter.invokeExact(cursor.target);
            if (value != null) {
                cursor.writer.group(number, value);
            }
        }

        @Override
        void read(Shape.Cursor cursor) throws Throwable {
            Object target = cursor.target;
            Object value = cursor.reader.group(number);
            if (value != null && !bound.isInstance(value)) {
                throw new CorruptException("a " + value.getClass().getName() + " in the place of a " + bound.getName());
            }
            setter.invokeExact(target, value);
        }
    }
}

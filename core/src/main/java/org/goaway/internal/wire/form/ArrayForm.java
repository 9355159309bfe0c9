package org.goaway.internal.wire.form;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import java.util.Locale;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/** Arrays: of primitives as their type and their bytes, little end first; of objects element by element. */
final class ArrayForm {

    static final Form PRIMITIVES = new Form.Shared(true) {
        @Override
        void body(Writer writer, Object value) throws IOException {
            writer.bytes(Tag.PRIMITIVES, toBytes(value));
        }
    };

    static final Form OBJECTS = new Form.Shared(true) {
        @Override
        void body(Writer writer, Object value) throws IOException {
            Object[] elements = (Object[]) value;
            writer.classOf(Tag.OBJECTS, elements.getClass().getComponentType());
            writer.number(Tag.DETAIL, elements.length);
            CollectionForm.writeEach(writer, elements);
        }
    };

    private static final String TYPES = "ZBSCIFJD";
    private static final Class<?>[] CLASSES = {
        boolean.class, byte.class, short.class, char.class, int.class, float.class, long.class, double.class
    };
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 8, 8};

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle CHAR = view(char[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private ArrayForm() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** How many bytes so many elements take behind one byte. */
    static int size(Class<?> type, int elements, int each) {
        long size = 1 + (long) elements * each;
        if (size > Writer.LARGEST) {
            throw new Refusal(
                    type,
                    String.format(
                            Locale.ROOT,
                            "its %,d elements take %,d bytes, far more than travel at once; send it in parts",
                            elements,
                            size),
                    null);
        }
        return (int) size;
    }

    /** The type's letter, then the elements. */
    static byte[] toBytes(Object array) {
        int type = TYPES.indexOf(array.getClass().getName().charAt(1));
        int length = Array.getLength(array);
        byte[] bytes = new byte[size(array.getClass(), length, SIZES[type])];
        bytes[0] = (byte) TYPES.charAt(type);
        fillBytes(array, length, bytes, 1);
        return bytes;
    }

    static void fillBytes(Object array, int length, byte[] bytes, int offset) {
        if (array instanceof byte[] values) {
            System.arraycopy(values, 0, bytes, offset, length);
        } else if (array instanceof double[] values) {
            for (int i = 0; i < length; i++) {
                LONG.set(bytes, offset + 8 * i, Double.doubleToLongBits(values[i]));
            }
        } else if (array instanceof long[] values) {
            for (int i = 0; i < length; i++) {
                LONG.set(bytes, offset + 8 * i, values[i]);
            }
        } else if (array instanceof int[] values) {
            for (int i = 0; i < length; i++) {
                INT.set(bytes, offset + 4 * i, values[i]);
            }
        } else if (array instanceof float[] values) {
            for (int i = 0; i < length; i++) {
                INT.set(bytes, offset + 4 * i, Float.floatToIntBits(values[i]));
            }
        } else if (array instanceof char[] values) {
            for (int i = 0; i < length; i++) {
                CHAR.set(bytes, offset + 2 * i, values[i]);
            }
        } else if (array instanceof short[] values) {
            for (int i = 0; i < length; i++) {
                SHORT.set(bytes, offset + 2 * i, values[i]);
            }
        } else {
            boolean[] values = (boolean[]) array;
            for (int i = 0; i < length; i++) {
                bytes[offset + i] = (byte) (values[i] ? 1 : 0);
            }
        }
    }

    static Object readPrimitives(Reader reader, byte[] bytes) {
        return reader.finish(reader.reserve(), ofBytes(bytes));
    }

    static Object ofBytes(byte[] bytes) {
        int type = bytes.length == 0 ? -1 : TYPES.indexOf(bytes[0]);
        if (type < 0 || (bytes.length - 1) % SIZES[type] != 0) {
            throw new CorruptException("not an array of primitives");
        }
        int length = (bytes.length - 1) / SIZES[type];
        Object array = Array.newInstance(CLASSES[type], length);
        readBytes(bytes, 1, array, length);
        return array;
    }

    static void readBytes(byte[] bytes, int offset, Object array, int length) {
        if (array instanceof byte[] values) {
            System.arraycopy(bytes, offset, values, 0, length);
        } else if (array instanceof double[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = Double.longBitsToDouble((long) LONG.get(bytes, offset + 8 * i));
            }
        } else if (array instanceof long[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = (long) LONG.get(bytes, offset + 8 * i);
            }
        } else if (array instanceof int[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = (int) INT.get(bytes, offset + 4 * i);
            }
        } else if (array instanceof float[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = Float.intBitsToFloat((int) INT.get(bytes, offset + 4 * i));
            }
        } else if (array instanceof char[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = (char) CHAR.get(bytes, offset + 2 * i);
            }
        } else if (array instanceof short[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = (short) SHORT.get(bytes, offset + 2 * i);
            }
        } else {
            boolean[] values = (boolean[]) array;
            for (int i = 0; i < length; i++) {
                values[i] = bytes[offset + i] != 0;
            }
        }
    }

    static Object readObjects(Reader reader, Class<?> component) throws IOException {
        int reference = reader.reserve();
        int length = reader.count(2);
        if (component.isPrimitive()) {
            throw new CorruptException("an array of objects that are " + component);
        }
        Object[] array = (Object[]) Array.newInstance(component, length);
        reader.fill(reference, array);
        for (int i = 0; i < length; i++) {
            Object element = reader.any();
            if (element != null && !component.isInstance(element)) {
                throw new CorruptException(
                        "a " + element.getClass().getName() + " in an array of " + component.getName());
            }
            array[i] = element;
        }
        return reader.finish(reference, array);
    }
}

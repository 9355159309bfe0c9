package org.goaway.internal.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the names of the classes that a class file refers to from its constant pool (JVMS 4.4). */
final class ClassNames {

    private static final int MAGIC = 0xCAFEBABE;

    private ClassNames() {}

    /** The names (with slashes) of the classes in the constant pool; empty for what is no class file. */
    static Set<String> in(byte[] classFile) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(classFile)));
        } catch (IOException | IndexOutOfBoundsException e) {
            return Set.of();
        }
    }

    private static Set<String> read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            return Set.of();
        }
        in.skipNBytes(4);
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // longs and doubles take two places
                }
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> in.skipNBytes(4);
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (int index : classes) {
            if (index != 0) {
                names.add(element(texts[index]));
            }
        }
        return names;
    }

    /** The element class of an array's descriptor; any other name as it is. */
    private static String element(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) {
            return name;
        }
        return name.endsWith(";") ? name.substring(dimensions + 1, name.length() - 1) : name.substring(dimensions);
    }
}

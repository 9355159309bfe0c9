package org.goaway.internal.wire.value;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The names that a class file's LocalVariableTable keeps of a method's parameters. Asked only after a failure. */
public final class LocalVariables {

    private final DataInputStream in;
    private final Map<Integer, String> texts = new HashMap<>();

    private LocalVariables(DataInputStream in) {
        this.in = in;
    }

    /**
     * The name of the parameter, counted as the lambda counts what it captures; null if the class file is not to be had or
     * was compiled without names.
     */
    public static String parameterName(
            Class<?> owner, String method, String descriptor, int captured, boolean instance) {
        String resource = "/" + owner.getName().replace('.', '/') + ".class";
        try (InputStream stream = owner.getResourceAsStream(resource)) {
            if (stream == null) {
                return null;
            }
            int slot = slot(descriptor, instance ? captured - 1 : captured, instance ? 1 : 0);
            return new LocalVariables(new DataInputStream(stream)).find(method, descriptor, slot);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Where the parameter lies in the frame: longs and doubles take two places. */
    private static int slot(String descriptor, int parameter, int first) {
        int position = 1;
        int slot = first;
        for (int i = 0; i < parameter; i++) {
            char type = descriptor.charAt(position);
            slot += type == 'J' || type == 'D' ? 2 : 1;
            while (descriptor.charAt(position) == '[') {
                position++;
            }
            position = descriptor.charAt(position) == 'L' ? descriptor.indexOf(';', position) + 1 : position + 1;
        }
        return slot;
    }

    private String find(String method, String descriptor, int slot) throws IOException {
        in.readInt();
        in.readInt();
        readConstants();
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        skipMembers();
        int methods = in.readUnsignedShort();
        for (int i = 0; i < methods; i++) {
            in.readUnsignedShort();
            boolean wanted = (method + descriptor).equals(text() + text());
            int attributes = in.readUnsignedShort();
            for (int j = 0; j < attributes; j++) {
                String name = text();
                int length = in.readInt();
                if (wanted && "Code".equals(name)) {
                    return inCode(slot);
                }
                in.skipNBytes(length);
            }
        }
        return null;
    }

    private String text() throws IOException {
        return texts.get(in.readUnsignedShort());
    }

    private void readConstants() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            switch (in.readUnsignedByte()) {
                case 1 -> texts.put(i, in.readUTF());
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> in.skipNBytes(4);
            }
        }
    }

    private void skipMembers() throws IOException {
        int fields = in.readUnsignedShort();
        for (int i = 0; i < fields; i++) {
            in.skipNBytes(6);
            int attributes = in.readUnsignedShort();
            for (int j = 0; j < attributes; j++) {
                in.skipNBytes(2);
                in.skipNBytes(in.readInt());
            }
        }
    }

    private String inCode(int slot) throws IOException {
        in.skipNBytes(4);
        in.skipNBytes(in.readInt());
        in.skipNBytes(8L * in.readUnsignedShort());
        int attributes = in.readUnsignedShort();
        for (int i = 0; i < attributes; i++) {
            String name = text();
            int length = in.readInt();
            if (!"LocalVariableTable".equals(name)) {
                in.skipNBytes(length);
                continue;
            }
            int entries = in.readUnsignedShort();
            for (int j = 0; j < entries; j++) {
                int start = in.readUnsignedShort();
                in.readUnsignedShort();
                String variable = text();
                text();
                if (in.readUnsignedShort() == slot && start == 0) {
                    return variable;
                }
            }
        }
        return null;
    }
}

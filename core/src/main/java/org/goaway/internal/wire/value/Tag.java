package org.goaway.internal.wire.value;

/** The field numbers that tell what follows; the first fifteen take one byte. Part of the format: never used again for something else. */
public final class Tag {

    /** Field number of the details after a tag. */
    public static final int DETAIL = 1;

    public static final int REFERENCE = 1;
    public static final int CONSTANT = 2;
    public static final int INT = 3;
    public static final int LONG = 4;
    public static final int DOUBLE = 5;
    public static final int STRING = 6;
    public static final int OBJECT = 7;
    public static final int COLLECTION = 8;
    public static final int MAP = 9;
    public static final int PRIMITIVES = 10;
    public static final int OBJECTS = 11;
    public static final int ENUM = 12;
    public static final int JDK_VALUE = 13;
    public static final int LAMBDA = 14;
    public static final int THROWABLE = 15;
    public static final int CLASS = 16;
    public static final int HANDLE = 17;
    public static final int UTF16 = 18;
    public static final int NUMBERED = 19;

    public static final int NULL = 0;
    public static final int FALSE = 1;
    public static final int TRUE = 2;

    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int BYTES = 2;
    public static final int GROUP = 3;
    public static final int END_GROUP = 4;
    public static final int FIXED32 = 5;

    private Tag() {}

    /** The varint that starts a field. */
    public static int key(int number, int wireType) {
        return number << 3 | wireType;
    }
}

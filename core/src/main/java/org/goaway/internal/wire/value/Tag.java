package org.goaway.internal.wire.value;

/** The field numbers that tell what follows; the first fifteen take one byte. Part of the format: never used again for something else. */
final class Tag {

    /** Field number of the details after a tag. */
    static final int DETAIL = 1;

    static final int REFERENCE = 1;
    static final int CONSTANT = 2;
    static final int INT = 3;
    static final int LONG = 4;
    static final int DOUBLE = 5;
    static final int STRING = 6;
    static final int OBJECT = 7;
    static final int COLLECTION = 8;
    static final int MAP = 9;
    static final int PRIMITIVES = 10;
    static final int OBJECTS = 11;
    static final int ENUM = 12;
    static final int JDK_VALUE = 13;
    static final int LAMBDA = 14;
    static final int THROWABLE = 15;
    static final int CLASS = 16;
    static final int HANDLE = 17;
    static final int UTF16 = 18;

    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private Tag() {}

    /** The varint that starts a field. */
    static int key(int number, int wireType) {
        return number << 3 | wireType;
    }
}

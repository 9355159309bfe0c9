package org.goaway.internal.wire.value;

/** The bytes are of a class that the application's loader cannot load. */
public final class ClassMissingException extends CorruptException {

    private static final long serialVersionUID = 1L;

    private final String className;

    public ClassMissingException(String className, Throwable cause) {
        super(
                "class " + className + " cannot be loaded here (" + cause
                        + "); make it part of the application that the spawner runs",
                cause);
        this.className = className;
    }

    /** The name of the class, as {@link Class#getName()} gives it. */
    public String className() {
        return className;
    }
}

package org.goaway.internal.output;

/** A task as its spawner's printer sees it. */
public interface PrintedTask {

    /** What people call it. */
    String name();

    /** Where the last of its output is kept. */
    Tail tail();

    /** The exception that it logged, of the program's own class where that can be made. Throws nothing. */
    Throwable understand(Thrown thrown);
}

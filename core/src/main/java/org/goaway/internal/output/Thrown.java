package org.goaway.internal.output;

import org.goaway.protocol.Message;

/** An exception that a task logged, as it travels. */
public interface Thrown extends Message {

    /** About how many bytes it takes. */
    int size();

    /** An exception that looks like it and needs none of the program's classes. */
    Throwable inWords();
}

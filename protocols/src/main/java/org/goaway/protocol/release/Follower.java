package org.goaway.protocol.release;

import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Patch;

/**
 * Keeps something of its own like the copy of an object, change by change. Called on the event loop; must not block or
 * throw.
 */
public interface Follower {

    /** Whether there is nobody any more whom it could serve, so that it need not be told. */
    boolean isOver();

    /** The field was edited; {@code value} is what came of it. */
    void edited(String field, Patch patch, Value value);

    /** The field has another value, or has been removed (null). */
    void replaced(String field, Value value);

    /** The copy is void: this member is out, or in again without its data. What it will have is told anew. */
    void cleared();
}

package org.goaway.protocol.fastread;

import java.util.List;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/**
 * The home proposes a round: install these values as LOCKED and acknowledge (W3).
 *
 * @param version of the round, and of every field it changes
 * @param changes the fields that the round changes
 * @param finished the operations that the round applies, so that no later home applies one again
 */
public record Lock(long epoch, ObjectId object, Version version, List<Change> changes, List<Finished> finished)
        implements Fenced {

    public Lock {
        changes = List.copyOf(changes);
        finished = List.copyOf(finished);
    }

    /** One field's new value; null removes it. */
    public record Change(String field, Value value) implements Message {}

    /**
     * An operation that the round applies, and its answer.
     *
     * @param lowest what the client said in its {@link Write}: answers below need not be kept
     */
    public record Finished(MemberId client, long seq, long lowest, Answer answer) implements Message {}
}

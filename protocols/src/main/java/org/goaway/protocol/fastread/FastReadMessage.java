package org.goaway.protocol.fastread;

import java.util.List;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/** What members send each other about fast-read objects. All but {@link Update} mean something in their epoch only. */
public sealed interface FastReadMessage extends Message {

    /**
     * A client asks the home for an operation (W1).
     *
     * @param seq counts this client's operations on this object from 1; a repetition has the same one
     * @param lowest the client waits for no answer to its operations below this one and never repeats them
     * @param fence under which lock it is done; null: under none
     */
    record Write(long epoch, ObjectId object, long seq, long lowest, Operation operation, Fence fence)
            implements FastReadMessage, Fenced {}

    /**
     * The home proposes a round to those that have what came before it: install these values as LOCKED and acknowledge
     * (W3). What the home had before is committed.
     *
     * @param version of the round, and of every field it changes
     * @param base the object's version before the round; who has another one needs {@link LockAll}
     * @param changes the fields that the round changes
     * @param finished the operations that the round applies, so that no later home applies one again
     * @param fences the fences that the round raises
     */
    record Lock(
            long epoch,
            ObjectId object,
            Version version,
            Version base,
            List<Change> changes,
            List<Finished> finished,
            List<Fence> fences)
            implements FastReadMessage, Fenced {

        public Lock {
            changes = List.copyOf(changes);
            finished = List.copyOf(finished);
            fences = List.copyOf(fences);
        }
    }

    /** One field's new value; null removes it. */
    record Change(String field, Value value) implements Message {}

    /**
     * An operation that took effect, and its answer.
     *
     * @param lowest what the client said in its {@link Write}: answers below need not be kept
     */
    record Finished(MemberId client, long seq, long lowest, Answer answer) implements Message {}

    /** The home proposes a round with all that the object has: this takes the place of any older copy (E2). */
    record LockAll(long epoch, Contents contents) implements FastReadMessage, Fenced {}

    /** A replica has installed the round of this version, or one that came after it (W4). */
    record Ack(long epoch, ObjectId object, Version version) implements FastReadMessage, Fenced {}

    /**
     * The round of this version is committed: entries of exactly this version are VALID now (W5, W6), and the clients named
     * have their answers. True for ever, so it carries no epoch of its own.
     */
    record Update(ObjectId object, Version version, List<Finished> finished) implements FastReadMessage {

        public Update {
            finished = List.copyOf(finished);
        }
    }

    /** The answer to one {@link Write}, where it does not ride on an {@link Update}. */
    record Done(long epoch, ObjectId object, long seq, Answer answer) implements FastReadMessage, Fenced {}

    /**
     * A replica tells the home which version it has, because that one has been LOCKED for long, because the epoch has
     * changed (W7, E1), or because it does not have what a {@link Lock} builds on.
     */
    record Resolve(long epoch, ObjectId object, Version version) implements FastReadMessage, Fenced {}

    /** A joiner asks a synced member for the objects after this one, in their order; null: from the first (J3). */
    record SnapshotAsk(long epoch, ObjectId after) implements FastReadMessage, Fenced {}

    /**
     * A part of a snapshot.
     *
     * @param after what was asked for
     * @param objects the next objects after it
     * @param last whether there are none after these
     */
    record SnapshotPart(long epoch, ObjectId after, List<Contents> objects, boolean last)
            implements FastReadMessage, Fenced {

        public SnapshotPart {
            objects = List.copyOf(objects);
        }
    }
}

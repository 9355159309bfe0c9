package org.goaway.protocol.fastread;

import org.goaway.protocol.Fence;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;

/**
 * A client asks the home for an operation (W1).
 *
 * @param seq counts this client's operations on this object from 1; a repetition has the same one
 * @param lowest the client has the answers of all its operations below this one and never repeats them
 * @param fence under which lock it is done; null: under none
 */
public record Write(long epoch, ObjectId object, long seq, long lowest, Operation operation, Fence fence)
        implements Fenced {}

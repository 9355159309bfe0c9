package org.goaway.internal.task;

import java.util.IdentityHashMap;
import java.util.function.UnaryOperator;
import org.goaway.NotTransferableException;
import org.goaway.internal.wire.Codec;

/**
 * What travels in the place of an exception's causes and suppressed ones: itself, or a stand-in with its text, frames, cause
 * and suppressed ones where it cannot. Used for one exception.
 */
final class StandIns implements UnaryOperator<Throwable> {

    private final Codec codec;
    private final IdentityHashMap<Throwable, Throwable> known = new IdentityHashMap<>();

    StandIns(Codec codec) {
        this.codec = codec;
    }

    @Override
    public Throwable apply(Throwable part) {
        return known.computeIfAbsent(part, this::find);
    }

    private Throwable find(Throwable part) {
        try {
            codec.encode(part, any -> null); // its own parts are looked at one by one
            return part;
        } catch (NotTransferableException e) {
            return standIn(part, e.getMessage());
        }
    }

    private static StandIn standIn(Throwable part, String why) {
        StandIn standIn = new StandIn(part.getClass().getName(), Failure.textOf(part), why, Failure.causeOf(part));
        standIn.setStackTrace(Failure.stackOf(part));
        for (Throwable each : part.getSuppressed()) {
            standIn.addSuppressed(each);
        }
        return standIn;
    }
}

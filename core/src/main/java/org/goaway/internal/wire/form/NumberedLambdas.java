package org.goaway.internal.wire.form;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.goaway.internal.wire.value.CorruptException;

/**
 * The lambdas of one application that travel as a number. Where the application was started they get their numbers; elsewhere
 * what a number stands for is asked for once. Safe for any thread.
 */
final class NumberedLambdas {

    private static final Object[] NONE = {};

    private final List<LambdaKind> own = new CopyOnWriteArrayList<>();
    private final Map<Integer, Known> known = new ConcurrentHashMap<>();

    /** {@code only} is the one lambda of a kind that captures nothing; null if it captures something. */
    private record Known(LambdaKind kind, Class<?> owner, Object only) {}

    /** The number of a kind that has none yet. */
    synchronized int add(LambdaKind kind) {
        own.add(kind);
        return own.size() - 1;
    }

    /** What a number given here stands for; null: it was not given here. */
    byte[] description(int number) {
        return number < 0 || number >= own.size() ? null : own.get(number).description();
    }

    /** Reads the lambda of this number; {@code descriptions} has what is not known here. */
    Object read(Reader reader, int number, IntFunction<byte[]> descriptions) throws IOException {
        Known lambda = known.get(number);
        if (lambda == null) {
            lambda = learn(reader.forms(), number, descriptions);
        }
        if (lambda.only != null) {
            return lambda.only;
        }
        Object[] captured = new Object[lambda.kind.captures()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = reader.any();
        }
        return lambda.kind.make(lambda.owner, reader.forms().lambdaMaker(lambda.owner), captured);
    }

    private Known learn(Forms forms, int number, IntFunction<byte[]> descriptions) throws IOException {
        byte[] description = description(number);
        if (description == null) {
            description = descriptions.apply(number);
        }
        if (description == null) {
            throw new CorruptException("no lambda has the number " + number);
        }
        LambdaKind kind = LambdaKind.described(description);
        Class<?> owner = forms.resolve(kind.owner());
        Object only = kind.captures() == 0 ? kind.make(owner, forms.lambdaMaker(owner), NONE) : null;
        Known lambda = new Known(kind, owner, only);
        known.put(number, lambda);
        return lambda;
    }
}

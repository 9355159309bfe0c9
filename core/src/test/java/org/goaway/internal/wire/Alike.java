package org.goaway.internal.wire;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Whether two values are of the same class and hold the same, where the class itself has no equality too. */
final class Alike {

    private Alike() {}

    static boolean alike(Object a, Object b) {
        if (a == null || b == null) {
            return a == b;
        } else if (a.getClass() != b.getClass()) {
            return false;
        } else if (a.getClass().isArray()) {
            return Arrays.deepEquals(new Object[] {a}, new Object[] {b});
        } else if (a instanceof Throwable x && b instanceof Throwable y) {
            return throwables(x, y);
        } else if (a instanceof IdentityHashMap<?, ?> x && b instanceof IdentityHashMap<?, ?> y) {
            return Objects.equals(new java.util.HashMap<>(x), new java.util.HashMap<>(y));
        } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.equals(y);
        } else if (a instanceof AtomicReference<?> x && b instanceof AtomicReference<?> y) {
            return Objects.equals(x.get(), y.get());
        } else if (a instanceof AtomicBoolean x && b instanceof AtomicBoolean y) {
            return x.get() == y.get();
        } else if (a instanceof AtomicReferenceArray<?>
                || a instanceof Number
                || a instanceof CharSequence
                || a.getClass().getSimpleName().startsWith("Atomic")
                || a.getClass().getSimpleName().endsWith("Statistics")) {
            return a.toString().equals(b.toString());
        } else if (a instanceof java.util.regex.Pattern x && b instanceof java.util.regex.Pattern y) {
            return x.pattern().equals(y.pattern()) && x.flags() == y.flags();
        } else if (a instanceof Collection<?> x && b instanceof Collection<?> y && !Objects.equals(a, b)) {
            return Arrays.deepEquals(x.toArray(), y.toArray());
        }
        return a.getClass() == Object.class || a.equals(b);
    }

    private static boolean throwables(Throwable a, Throwable b) {
        return Objects.equals(a.getMessage(), b.getMessage())
                && Arrays.equals(a.getStackTrace(), b.getStackTrace())
                && alike(a.getCause(), b.getCause())
                && a.getSuppressed().length == b.getSuppressed().length;
    }
}

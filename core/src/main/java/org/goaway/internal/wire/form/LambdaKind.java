package org.goaway.internal.wire.form;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.SerializedLambda;
import java.nio.charset.StandardCharsets;
import org.goaway.internal.wire.value.CorruptException;

/**
 * What all lambdas of one place in a program have in common: all that javac keeps of one but the values that it captures.
 *
 * @param owner the class that it was written in
 * @param parts what {@link SerializedLambda} consists of, in {@link #of}'s order; the implementing class is empty where it is the owner
 * @param method which kind of method implements it
 * @param captures how many values it captures
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LambdaKind(String owner, String[] parts, int method, int captures) {

    private static final int PARTS = 7;

    LambdaKind {
        if (parts.length != PARTS || captures < 0) {
            throw new CorruptException("no lambda");
        }
    }

    static LambdaKind of(SerializedLambda lambda) {
        String capturing = lambda.getCapturingClass();
        String[] parts = {
            lambda.getFunctionalInterfaceClass(),
            lambda.getFunctionalInterfaceMethodName(),
            lambda.getFunctionalInterfaceMethodSignature(),
            lambda.getImplClass().equals(capturing) ? "" : lambda.getImplClass(),
            lambda.getImplMethodName(),
            lambda.getImplMethodSignature(),
            lambda.getInstantiatedMethodType()
        };
        return new LambdaKind(
                capturing.replace('/', '.'), parts, lambda.getImplMethodKind(), lambda.getCapturedArgCount());
    }

    /** All parts in one text. */
    String text() {
        return String.join("\n", parts);
    }

    static String[] parts(String text) {
        return text.split("\n", -1);
    }

    /** For a member that knows only its number. */
    byte[] description() {
        return (owner + "\n" + method + "\n" + captures + "\n" + text()).getBytes(StandardCharsets.UTF_8);
    }

    static LambdaKind described(byte[] description) {
        String[] all = new String(description, StandardCharsets.UTF_8).split("\n", 4);
        try {
            return new LambdaKind(all[0], parts(all[3]), Integer.parseInt(all[1]), Integer.parseInt(all[2]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new CorruptException("no description of a lambda", e);
        }
    }

    /** Makes one again, by {@code maker} of its owner. */
    Object make(Class<?> owner, MethodHandle maker, Object[] captured) throws IOException {
        SerializedLambda lambda = new SerializedLambda(
                owner,
                parts[0],
                parts[1],
                parts[2],
                method,
                parts[3].isEmpty() ? owner.getName().replace('.', '/') : parts[3],
                parts[4],
                parts[5],
                parts[6],
                captured);
        try {
            return (Object) maker.invokeExact(lambda);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }
}

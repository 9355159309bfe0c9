package org.goaway.internal.wire.form;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.LocalVariables;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/**
 * A lambda or method reference: what javac keeps of a serializable one. Where it arrives, the class that it was written
 * in makes it again. What it captures travels by this codec and need not be serializable. Where the writer may, it names all but that by
 * a number.
 */
final class LambdaForm extends Form.Shared {

    private final Accessors.Getter replacement;
    private boolean capturesNothing;
    /** The kind's number; below 0: none yet. Written after what it stands for. */
    private volatile int numbered = -1;

    LambdaForm(Accessors.Getter replacement) {
        super(false);
        this.replacement = replacement;
    }

    @Override
    void body(Writer writer, Object value) throws IOException {
        int number = numbered;
        if (number >= 0 && writer.numbers() && capturesNothing) {
            writer.number(Tag.NUMBERED, number);
            return;
        }
        SerializedLambda lambda = (SerializedLambda) replacement.get(value);
        LambdaKind kind = LambdaKind.of(lambda);
        Class<?> owner = writer.forms().ownerOf(value.getClass(), kind.owner());
        if (writer.numbers()) {
            writer.number(Tag.NUMBERED, number(writer.forms().numberedLambdas(), kind));
        } else {
            writer.classOf(Tag.LAMBDA, owner);
            writer.text(kind.text());
            writer.number(Tag.DETAIL, kind.method());
            writer.number(Tag.DETAIL, kind.captures());
        }
        for (int i = 0; i < kind.captures(); i++) {
            try {
                writer.any(lambda.getCapturedArg(i));
            } catch (Refusal refusal) {
                throw refusal.at("lambda in " + owner.getName() + " captures " + captured(lambda, i, owner));
            }
        }
    }

    private synchronized int number(NumberedLambdas lambdas, LambdaKind kind) {
        if (numbered < 0) {
            capturesNothing = kind.captures() == 0;
            numbered = lambdas.add(kind);
        }
        return numbered;
    }

    private static String captured(SerializedLambda lambda, int index, Class<?> owner) {
        boolean instance = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
                && lambda.getImplMethodKind() != MethodHandleInfo.REF_newInvokeSpecial;
        boolean synthetic = lambda.getImplMethodName().startsWith("lambda$");
        if (instance && index == 0) {
            return synthetic ? "'this'" : "the object of its method reference";
        }
        String name = synthetic
                ? LocalVariables.parameterName(
                        owner, lambda.getImplMethodName(), lambda.getImplMethodSignature(), index, instance)
                : null;
        return "variable " + (name == null ? "#" + (instance ? index : index + 1) : "'" + name + "'");
    }

    static Object read(Reader reader, Class<?> owner) throws IOException {
        int reference = reader.reserve();
        String[] parts = LambdaKind.parts(reader.text());
        int method = reader.number(Tag.DETAIL);
        Object[] captured = new Object[reader.count(2)];
        LambdaKind kind = new LambdaKind(owner.getName(), parts, method, captured.length);
        for (int i = 0; i < captured.length; i++) {
            captured[i] = reader.any();
        }
        return reader.finish(reference, kind.make(owner, reader.forms().lambdaMaker(owner), captured));
    }

    /** The method by which {@code owner} makes its lambdas again. */
    static MethodHandle maker(Class<?> owner) {
        if (Accessors.isJdk(owner)) {
            throw new CorruptException("lambdas of " + owner.getName() + " are closed");
        }
        try {
            Method method = owner.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
            Accessors.open(method, owner);
            return Accessors.LOOKUP
                    .unreflect(method)
                    .asType(MethodType.methodType(Object.class, SerializedLambda.class));
        } catch (ReflectiveOperationException e) {
            throw new CorruptException(owner.getName() + " has no such lambda here: it differs from the sender's", e);
        }
    }
}

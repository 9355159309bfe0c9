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
 * in makes it again. What it captures travels by this codec and need not be serializable.
 */
final class LambdaForm extends Form.Shared {

    private final Accessors.Getter replacement;

    LambdaForm(Accessors.Getter replacement) {
        super(false);
        this.replacement = replacement;
    }

    @Override
    void body(Writer writer, Object value) throws IOException {
        SerializedLambda lambda = (SerializedLambda) replacement.get(value);
        String capturing = lambda.getCapturingClass();
        Class<?> owner = writer.forms().ownerOf(value.getClass(), capturing.replace('/', '.'));
        writer.classOf(Tag.LAMBDA, owner);
        writer.text(String.join(
                "\n",
                lambda.getFunctionalInterfaceClass(),
                lambda.getFunctionalInterfaceMethodName(),
                lambda.getFunctionalInterfaceMethodSignature(),
                lambda.getImplClass().equals(capturing) ? "" : lambda.getImplClass(),
                lambda.getImplMethodName(),
                lambda.getImplMethodSignature(),
                lambda.getInstantiatedMethodType()));
        writer.number(Tag.DETAIL, lambda.getImplMethodKind());
        int count = lambda.getCapturedArgCount();
        writer.number(Tag.DETAIL, count);
        for (int i = 0; i < count; i++) {
            try {
                writer.any(lambda.getCapturedArg(i));
            } catch (Refusal refusal) {
                throw refusal.at("lambda in " + owner.getName() + " captures " + captured(lambda, i, owner));
            }
        }
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
        String[] parts = reader.text().split("\n", -1);
        if (parts.length != 7) {
            throw new CorruptException("no lambda");
        }
        int kind = reader.number(Tag.DETAIL);
        Object[] captured = new Object[reader.count(2)];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = reader.any();
        }
        SerializedLambda lambda = new SerializedLambda(
                owner,
                parts[0],
                parts[1],
                parts[2],
                kind,
                parts[3].isEmpty() ? owner.getName().replace('.', '/') : parts[3],
                parts[4],
                parts[5],
                parts[6],
                captured);
        try {
            Object made = (Object) reader.forms().lambdaMaker(owner).invokeExact(lambda);
            return reader.finish(reference, made);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
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

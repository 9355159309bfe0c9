package org.goaway;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * An interface seen as the fields of an object: {@code long done()} reads the field {@code done}, {@code void done(long v)}
 * sets it. Default methods run as they are written.
 */
final class FieldView implements InvocationHandler {

    /** What a primitive getter gives for a field that was never set. */
    private static final Map<Class<?>, Object> NEVER_SET = Map.of(
            boolean.class,
            false,
            byte.class,
            (byte) 0,
            short.class,
            (short) 0,
            char.class,
            (char) 0,
            int.class,
            0,
            long.class,
            0L,
            float.class,
            0f,
            double.class,
            0d);

    private final SharedObject object;
    private final Class<?> view;

    private FieldView(SharedObject object, Class<?> view) {
        this.object = object;
        this.view = view;
    }

    static <V> V of(SharedObject object, Class<V> view) {
        if (!view.isInterface()) {
            throw new IllegalArgumentException(view.getName() + " is no interface: a view must be one");
        }
        for (Method method : view.getMethods()) {
            check(method);
        }
        return view.cast(
                Proxy.newProxyInstance(view.getClassLoader(), new Class<?>[] {view}, new FieldView(object, view)));
    }

    private static void check(Method method) {
        if (Modifier.isAbstract(method.getModifiers()) && !isGetter(method) && !isSetter(method)) {
            throw new IllegalArgumentException(
                    method + " is neither a getter (long done()) nor a setter (void done(long v)) of a view");
        }
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0 && method.getReturnType() != void.class;
    }

    private static boolean isSetter(Method method) {
        return method.getParameterCount() == 1 && method.getReturnType() == void.class;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, args);
        }
        if (method.isDefault()) {
            return runDefault(proxy, method, args);
        }
        if (isSetter(method)) {
            object.set(method.getName(), args[0]);
            return null;
        }
        Class<?> type = method.getReturnType();
        Object value =
                object.get(method.getName(), MethodType.methodType(type).wrap().returnType());
        return value == null ? NEVER_SET.get(type) : value;
    }

    /** The program's interface may be visible to the program only, which {@code invokeDefault} does not reach. */
    private static Object runDefault(Object proxy, Method method, Object[] args) throws Throwable {
        Class<?> type = method.getDeclaringClass();
        if (Modifier.isPublic(type.getModifiers())) {
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .unreflectSpecial(method, type)
                .bindTo(proxy)
                .invokeWithArguments(args == null ? new Object[0] : args);
    }

    private Object ofObject(Method method, Object[] args) {
        return switch (method.getName()) {
            case "equals" -> equalTo(args[0]);
            case "hashCode" -> 31 * view.hashCode() + object.hashCode();
            default -> view.getSimpleName() + " of " + object;
        };
    }

    private boolean equalTo(Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof FieldView that
                && view == that.view
                && object.equals(that.object);
    }
}

package org.goaway.internal.wire.value;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Method handles on what an application's classes keep to themselves; never on the JDK's. */
public final class Accessors {

    /** GoAway's own; sees what {@link #open} opened. */
    public static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodHandle SERIALIZATION_CONSTRUCTOR = serializationConstructor();

    private Accessors() {}

    /** Calls a method without arguments on an object. */
    public record Getter(MethodHandle handle) {

        public Object get(Object target) {
            try {
                return (Object) handle.invokeExact(target);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e.toString(), e);
            }
        }
    }

    /** Opens {@code member}, which lies in {@code type}. */
    public static void open(AccessibleObject member, Class<?> type) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException | SecurityException e) {
            String module =
                    type.getModule().isNamed() ? "module " + type.getModule().getName() : "its module";
            throw new Refusal(
                    type,
                    module + " does not open its package; add \"opens " + type.getPackageName()
                            + "\" to its module-info, or send something else",
                    e);
        }
    }

    public static Getter getter(Method method) {
        open(method, method.getDeclaringClass());
        try {
            return new Getter(LOOKUP.unreflect(method).asType(methodType(Object.class, Object.class)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The method {@code name()} that applies to {@code type} by the rules of Java's object replacement; null if none does. */
    public static Method replacement(Class<?> type, String name) {
        for (Class<?> each = type; each != null && !isJdk(each); each = each.getSuperclass()) {
            try {
                Method method = each.getDeclaredMethod(name);
                int modifiers = method.getModifiers();
                boolean inherited = Modifier.isPublic(modifiers)
                        || Modifier.isProtected(modifiers)
                        || (!Modifier.isPrivate(modifiers) && each.getPackage() == type.getPackage());
                boolean applies = method.getReturnType() == Object.class && !Modifier.isStatic(modifiers);
                return applies && (each == type || inherited) ? method : null;
            } catch (NoSuchMethodException e) {
                // perhaps a superclass has it
            }
        }
        return null;
    }

    /**
     * The JDK's own method of this name, which {@code base} has or inherits, for objects of {@code type}: also where the
     * application's classes override it. That is, of those classes whose packages are open to GoAway; where a library keeps
     * its own closed, those made of them must do.
     */
    public static MethodHandle special(Class<?> type, Class<?> base, String name, MethodType kind) {
        try {
            return below(type, base, name, kind);
        } catch (ReflectiveOperationException e) {
            throw new Refusal(type, "its " + name + " cannot be called; open its package to GoAway", e);
        }
    }

    private static MethodHandle below(Class<?> type, Class<?> base, String name, MethodType kind)
            throws ReflectiveOperationException {
        if (!isJdk(type.getSuperclass())) {
            try {
                return below(type.getSuperclass(), base, name, kind);
            } catch (IllegalAccessException e) {
                // those made of it must do
            }
        }
        return MethodHandles.privateLookupIn(type, LOOKUP).findSpecial(base, name, kind, type);
    }

    /** Whether {@code type} belongs to the Java platform, whose private parts are closed. */
    public static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /**
     * Makes instances of {@code type} by a constructor of its superclass {@code base}: neither constructors nor initialisers
     * of the classes between run. What serialization libraries are given {@code sun.reflect.ReflectionFactory} for; by
     * its name, since compilers warn of it. The constructor does not become a method handle: that would make a {@code base}.
     */
    public static Constructor<?> instantiator(Class<?> type, Class<?> base, Class<?>... parameters) {
        try {
            Constructor<?> constructor =
                    (Constructor<?>) SERIALIZATION_CONSTRUCTOR.invoke(type, base.getDeclaredConstructor(parameters));
            constructor.setAccessible(true);
            return constructor;
        } catch (Throwable e) {
            throw new Refusal(type, "no instance of it can be made: " + e, e);
        }
    }

    private static MethodHandle serializationConstructor() {
        try {
            Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
            Object instance = LOOKUP.findStatic(factory, "getReflectionFactory", methodType(factory))
                    .invoke();
            return LOOKUP.findVirtual(
                            factory,
                            "newConstructorForSerialization",
                            methodType(Constructor.class, Class.class, Constructor.class))
                    .bindTo(instance)
                    .asType(methodType(Object.class, Class.class, Constructor.class));
        } catch (Throwable e) {
            throw new IllegalStateException("this Java has no module jdk.unsupported; add it to the run-time image", e);
        }
    }
}

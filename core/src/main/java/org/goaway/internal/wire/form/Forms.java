package org.goaway.internal.wire.form;

import static java.lang.invoke.MethodType.methodType;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.AbstractSequentialList;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.Bindings;
import org.goaway.internal.wire.value.ClassMissingException;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/**
 * How each class travels, found out once for each class of one application, and that application's classes by name. Goes
 * with its loader: nothing else refers to it. Safe for any thread.
 */
public final class Forms {

    /** Classes of the JDK that keep nothing that an object of a subclass cannot do without. */
    private static final Set<Class<?>> STATELESS = Set.of(
            Object.class,
            Number.class,
            AbstractCollection.class,
            AbstractList.class,
            AbstractSequentialList.class,
            AbstractSet.class,
            AbstractQueue.class,
            AbstractMap.class);

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "short", short.class,
            "char", char.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private final ClassLoader loader;
    private final Bindings bindings;
    private final JdkValues jdkValues = new JdkValues();
    private final Map<Class<?>, Form> forms = new ConcurrentHashMap<>();
    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();
    private final Map<Class<?>, MethodHandle> lambdaMakers = new ConcurrentHashMap<>();
    private final NumberedLambdas numberedLambdas = new NumberedLambdas();

    public Forms(ClassLoader loader, Bindings bindings) {
        this.loader = loader;
        this.bindings = bindings;
        forms.put(Boolean.class, (w, v) -> w.number(Tag.CONSTANT, (Boolean) v ? Tag.TRUE : Tag.FALSE));
        forms.put(Integer.class, (w, v) -> w.out().writeSInt32(Tag.INT, (Integer) v, false));
        forms.put(Long.class, (w, v) -> w.out().writeSInt64(Tag.LONG, (Long) v, false));
        forms.put(Double.class, (w, v) -> w.out().writeFixed64(Tag.DOUBLE, Double.doubleToLongBits((Double) v), false));
        forms.put(String.class, (w, v) -> w.text((String) v));
        forms.put(Class.class, (w, v) -> writeClass(w, (Class<?>) v));
    }

    private static void writeClass(Writer writer, Class<?> type) throws java.io.IOException {
        if (type.isHidden()) {
            throw new Refusal(Class.class, type.getName() + " has no name that others could find it by", null);
        }
        writer.classOf(Tag.CLASS, type);
    }

    Bindings bindings() {
        return bindings;
    }

    JdkValues jdkValues() {
        return jdkValues;
    }

    /** The form of objects of exactly this class. */
    Form of(Class<?> type) {
        Form known = forms.get(type);
        if (known != null) {
            return known;
        }
        Form found;
        try {
            found = find(type);
        } catch (Refusal refusal) {
            found = new Form.Refused(refusal.getMessage());
        }
        Form earlier = forms.putIfAbsent(type, found);
        return earlier == null ? found : earlier;
    }

    private Form find(Class<?> type) {
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? ArrayForm.PRIMITIVES : ArrayForm.OBJECTS;
        } else if (Enum.class.isAssignableFrom(type)) {
            return ofEnum(type);
        } else if (isOfCluster(type)) {
            return new Form.Bound(bindings);
        }
        Form jdk = Accessors.isJdk(type) ? ofJdk(type) : null;
        if (jdk != null) {
            return jdk;
        } else if (type.isHidden() || type.getName().contains("$$Lambda")) {
            return ofLambda(type);
        } else if (Proxy.isProxyClass(type)) {
            return new Form.Refused("it is a proxy, made in this process; send what it is made from");
        } else if (Throwable.class.isAssignableFrom(type)) {
            return ThrowableForm.of(type);
        }
        return ofApplication(type);
    }

    private Form ofJdk(Class<?> type) {
        if (CollectionKind.of(type) != null) {
            return new CollectionForm(CollectionKind.of(type));
        } else if (MapKind.of(type) != null) {
            return new MapForm(MapKind.of(type));
        }
        return jdkValues.of(type);
    }

    private static Form ofEnum(Class<?> type) {
        Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
        return (writer, value) -> {
            writer.classOf(Tag.ENUM, declaring);
            writer.text(((Enum<?>) value).name());
        };
    }

    /** Whether the class implements an interface of GoAway's API other than those that functions are typed as. */
    private static boolean isOfCluster(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> implemented : each.getInterfaces()) {
                if (isApi(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isApi(Class<?> type) {
        boolean own = type.getPackageName().equals("org.goaway") && !Serializable.class.isAssignableFrom(type);
        return own || Arrays.stream(type.getInterfaces()).anyMatch(Forms::isApi);
    }

    private static Form ofLambda(Class<?> type) {
        Class<?>[] interfaces = type.getInterfaces();
        if (!Serializable.class.isAssignableFrom(type)) {
            String typed =
                    interfaces.length == 0 ? "it is" : "it is typed as " + interfaces[0].getName() + ", which is";
            return new Form.Refused(
                    typed
                            + " not serializable; type it as one of GoAway's Remote interfaces, or cast it to (... & Serializable)");
        } else if (Accessors.isJdk(type)) {
            return new Form.Refused("the JDK keeps its lambdas to itself; write it as a lambda or class of your own");
        }
        try {
            return new LambdaForm(Accessors.getter(type.getDeclaredMethod("writeReplace")));
        } catch (NoSuchMethodException e) {
            return new Form.Refused("it is a hidden class; send an object of a named one");
        }
    }

    private Form ofApplication(Class<?> type) {
        Form plain = ofFields(type);
        Method replacement = Accessors.replacement(type, "writeReplace");
        return replacement == null ? plain : new Form.Replaced(Accessors.getter(replacement), plain);
    }

    private Form ofFields(Class<?> type) {
        if (Accessors.isJdk(type)) {
            return new Form.Refused(
                    "it belongs to this process or keeps its parts to itself; make it where it is needed,"
                            + " or send what it is made from");
        }
        Method resolve = Accessors.replacement(type, "readResolve");
        Accessors.Getter resolver = resolve == null ? null : Accessors.getter(resolve);
        if (type.isRecord()) {
            return ofRecord(type, resolver);
        }
        Class<?> top = type;
        while (!Accessors.isJdk(top)) {
            top = top.getSuperclass();
        }
        boolean elements = CollectionKind.of(top) != null || MapKind.of(top) != null;
        boolean sized = elements
                && (CollectionKind.of(top) == null
                                ? MapKind.of(top).detail()
                                : CollectionKind.of(top).detail())
                        != null;
        if (!STATELESS.contains(top) && (!elements || sized)) {
            return new Form.Refused("it extends " + top.getName() + ", which keeps its parts to itself");
        }
        Shape shape = Shape.ofFields(type, top);
        Constructor<?> maker = Accessors.instantiator(type, top);
        return elements
                ? new ObjectForm.Extended(shape, top, maker, resolver)
                : new ObjectForm.Plain(shape, maker, resolver);
    }

    private static Form ofRecord(Class<?> type, Accessors.Getter resolver) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            Accessors.open(constructor, type);
            MethodHandle spread = Accessors.LOOKUP
                    .unreflectConstructor(constructor)
                    .asFixedArity() // a last component of any number of values is one array
                    .asSpreader(Object[].class, parameters.length)
                    .asType(methodType(Object.class, Object[].class));
            return new ObjectForm.OfRecord(Shape.ofRecord(type), spread, zeros(parameters), resolver);
        } catch (ReflectiveOperationException e) {
            throw new Refusal(type, "its constructor cannot be called", e);
        }
    }

    private static Object[] zeros(Class<?>[] types) {
        return Arrays.stream(types)
                .map(type -> type.isPrimitive()
                        ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0)
                        : null)
                .toArray();
    }

    /** The class of that name; loaded, but not initialised. */
    Class<?> resolve(String name) {
        Class<?> known = classes.get(name);
        if (known != null) {
            return known;
        }
        Class<?> found = PRIMITIVES.get(name);
        if (found == null) {
            try {
                found = Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassMissingException(name, e);
            }
        }
        classes.put(name, found);
        return found;
    }

    /** The form of an object or exception that was written with that fingerprint. */
    Form shaped(Class<?> type, int fingerprint) {
        Form form = of(type);
        if (form instanceof Form.Replaced replaced) {
            form = replaced.otherwise();
        }
        Shape shape = form instanceof ObjectForm object
                ? object.shape()
                : form instanceof ThrowableForm throwable ? throwable.shape() : null;
        if (shape == null || Modifier.isAbstract(type.getModifiers())) {
            throw new CorruptException("no object can be a " + type.getName());
        } else if (shape.fingerprint() != fingerprint) {
            throw new CorruptException("what was sent is of another version of " + shape
                    + ": its fields differ; run the same version everywhere, or store the value again");
        }
        return form;
    }

    /** The enum's constant of that name. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum
    Object constant(Class<?> type, String name) {
        if (!type.isEnum()) {
            throw new CorruptException(type.getName() + " in the place of an enum");
        }
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException e) {
            throw new CorruptException(
                    type.getName() + " has no constant " + name + " here; run the same version everywhere", e);
        }
    }

    /** The class that a lambda was written in, as the lambda's own loader knows it. */
    Class<?> ownerOf(Class<?> lambda, String name) {
        try {
            return Class.forName(name, false, lambda.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new Refusal(lambda, "the class that it was written in cannot be found", e);
        }
    }

    NumberedLambdas numberedLambdas() {
        return numberedLambdas;
    }

    /** What the number of a lambda that was written with these forms stands for; null: none was. */
    public byte[] lambda(int number) {
        return numberedLambdas.description(number);
    }

    MethodHandle lambdaMaker(Class<?> owner) {
        return lambdaMakers.computeIfAbsent(owner, LambdaForm::maker);
    }
}

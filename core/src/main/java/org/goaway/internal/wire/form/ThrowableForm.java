package org.goaway.internal.wire.form;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/**
 * An exception: class, message, frames, cause, suppressed ones, and the fields that the application's classes add. Made
 * through {@code Throwable(String)}, since the fields of Throwable are closed.
 */
final class ThrowableForm extends Form.Shared {

    private final Shape shape;
    private final Constructor<?> maker;
    private final Accessors.Getter message;
    private final Accessors.Getter cause;

    private ThrowableForm(Shape shape, Constructor<?> maker, Accessors.Getter message, Accessors.Getter cause) {
        super(true);
        this.shape = shape;
        this.maker = maker;
        this.message = message;
        this.cause = cause;
    }

    static ThrowableForm of(Class<?> type) {
        Class<?> top = type;
        while (top != Throwable.class && !Accessors.isJdk(top)) {
            top = top.getSuperclass();
        }
        for (Class<?> each = top; each != Throwable.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    throw new Refusal(
                            type,
                            each.getName() + " keeps " + field.getName() + " to itself; throw an exception of your own"
                                    + " with this one's text",
                            null);
                }
            }
        }
        Constructor<?> maker = Accessors.instantiator(type, Throwable.class, String.class);
        return new ThrowableForm(
                Shape.ofFields(type, top),
                maker,
                of(type, "getMessage", String.class),
                of(type, "getCause", Throwable.class));
    }

    /** The JDK's own answer, whatever the application's classes make of it: that happens again where it arrives. */
    private static Accessors.Getter of(Class<?> type, String name, Class<?> result) {
        MethodType kind = MethodType.methodType(result);
        MethodHandle method;
        try {
            method = Accessors.isJdk(type)
                    ? MethodHandles.publicLookup().findVirtual(Throwable.class, name, kind)
                    : Accessors.special(type, Throwable.class, name, kind);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every exception has " + name, e);
        }
        return new Accessors.Getter(method.asType(MethodType.methodType(Object.class, Object.class)));
    }

    @Override
    void body(Writer writer, Object value) throws IOException {
        Throwable throwable = (Throwable) value;
        writer.shapeOf(Tag.THROWABLE, shape);
        writer.any(message.get(throwable));
        StackTraceElement[] frames = throwable.getStackTrace();
        writer.number(Tag.DETAIL, frames.length);
        for (StackTraceElement frame : frames) {
            writer.text(text(frame));
        }
        step(writer, "cause", (Throwable) cause.get(throwable));
        Throwable[] suppressed = throwable.getSuppressed();
        writer.number(Tag.DETAIL, suppressed.length);
        for (Throwable each : suppressed) {
            step(writer, "a suppressed exception", each);
        }
        writer.fields(Tag.THROWABLE, shape, throwable);
    }

    Shape shape() {
        return shape;
    }

    private static void step(Writer writer, String step, Throwable part) throws IOException {
        try {
            writer.any(writer.instead(part));
        } catch (Refusal refusal) {
            throw refusal.at(step);
        }
    }

    private static String text(StackTraceElement frame) {
        return String.join(
                "\n",
                frame.getClassName(),
                frame.getMethodName(),
                nonNull(frame.getFileName()),
                Integer.toString(frame.getLineNumber()),
                nonNull(frame.getClassLoaderName()),
                nonNull(frame.getModuleName()),
                nonNull(frame.getModuleVersion()));
    }

    private static String nonNull(String text) {
        return text == null ? "" : text;
    }

    private static String nullable(String text) {
        return text.isEmpty() ? null : text;
    }

    private static StackTraceElement frame(String text) {
        String[] parts = text.split("\n", -1);
        if (parts.length != 7) {
            throw new CorruptException("no stack frame");
        }
        return new StackTraceElement(
                nullable(parts[4]),
                nullable(parts[5]),
                nullable(parts[6]),
                parts[0],
                parts[1],
                nullable(parts[2]),
                Integer.parseInt(parts[3]));
    }

    Object read(Reader reader, int reference) throws IOException {
        Object text = reader.any();
        Throwable throwable = (Throwable) Shape.make(maker, text);
        reader.fill(reference, throwable);
        StackTraceElement[] frames = new StackTraceElement[reader.count(2)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(reader.text());
        }
        throwable.setStackTrace(frames);
        Object origin = reader.any();
        if (origin != null && origin != throwable) {
            throwable.initCause((Throwable) origin);
        }
        int suppressed = reader.count(2);
        for (int i = 0; i < suppressed; i++) {
            throwable.addSuppressed(reader.as(Throwable.class));
        }
        reader.fields(Tag.THROWABLE, shape, throwable);
        return reader.finish(reference, throwable);
    }

    @Override
    public String toString() {
        return shape.toString();
    }
}

package org.goaway.internal.wire;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Classes as an application may have them. */
final class Samples {

    private Samples() {}

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean isWarm() {
                return false;
            }
        };

        boolean isWarm() {
            return true;
        }
    }

    record Point(int x, int y) {
        Point {
            if (x == Integer.MIN_VALUE) {
                throw new IllegalArgumentException("x is too small");
            }
        }
    }

    record Order(long id, String customer, double price, int count, boolean paid, Colour colour) {}

    @SuppressWarnings("ArrayRecordComponent") // applications have such
    record Everything(
            byte b,
            short s,
            char c,
            float f,
            Integer boxed,
            List<Point> points,
            Map<String, Long> counts,
            Object any,
            int[] numbers) {}

    record Empty() {}

    record Named<T>(T value) {}

    static class Base {
        private int hidden = 1;
        String label = "initial";

        int baseHidden() {
            return hidden;
        }
    }

    /** Shadows a field, overwrites an initial value with null, keeps a final one. */
    static class Derived extends Base {
        private int hidden = 2;
        private final long fixed;
        private transient String scratch = "scratch";

        Derived(long fixed) {
            this.fixed = fixed;
        }

        void label(String label) {
            this.label = label;
        }

        String scratch() {
            return scratch;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Derived that
                    && that.hidden == hidden
                    && that.baseHidden() == baseHidden()
                    && that.fixed == fixed
                    && Objects.equals(that.label, label);
        }

        @Override
        public int hashCode() {
            return Objects.hash(hidden, fixed, label);
        }
    }

    /** A chain, or a ring. */
    static final class Node {
        Node next;
        int value;

        Node(int value) {
            this.value = value;
        }
    }

    static final class Tagged extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        String tag;
    }

    static final class Registry extends HashMap<String, Integer> {
        private static final long serialVersionUID = 1L;
        int version;
    }

    /** Reads itself back as the one there is. */
    static final class Single implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Single INSTANCE = new Single();

        private Object readResolve() throws ObjectStreamException {
            return INSTANCE;
        }
    }

    /** Travels as its text. */
    static final class Temperature implements Serializable {
        private static final long serialVersionUID = 1L;
        final transient Thread sensor = null;
        final double degrees;

        Temperature(double degrees) {
            this.degrees = degrees;
        }

        private Object writeReplace() {
            return new Text(Double.toString(degrees));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Temperature that && that.degrees == degrees;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(degrees);
        }

        private static final class Text implements Serializable {
            private static final long serialVersionUID = 1L;
            private final String text;

            Text(String text) {
                this.text = text;
            }

            private Object readResolve() {
                return new Temperature(Double.parseDouble(text));
            }
        }
    }

    static class Trouble extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Trouble(String message, int code, Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        int code() {
            return code;
        }

        @Override
        public String getMessage() {
            return "trouble " + code + ": " + super.getMessage();
        }
    }

    /** Keyed by what its parts say. */
    static final class Keyed {
        final String name;

        Keyed(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Keyed that && that.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}

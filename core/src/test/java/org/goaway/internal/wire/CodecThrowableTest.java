package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What exceptions say of themselves is the same on every member. */
class CodecThrowableTest {

    private static class Named extends Exception {
        private static final long serialVersionUID = 1L;

        Named(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String getMessage() {
            return "named: " + super.getMessage();
        }

        @Override
        public synchronized Throwable getCause() {
            return super.getCause() == null ? null : new IllegalStateException(super.getCause());
        }
    }

    private static class Derived extends Named {
        private static final long serialVersionUID = 1L;

        Derived(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Last extends Derived {
        private static final long serialVersionUID = 1L;

        Last(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String getMessage() {
            return "last: " + super.getMessage();
        }
    }

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    private Throwable copy(Throwable throwable) {
        return (Throwable) codec.decode(codec.encode(throwable));
    }

    @Test
    void shouldKeepTheMessageOfAnExceptionWhoseSuperclassAddsToIt() {
        Throwable copy = copy(copy(new Derived("m", null)));

        assertThat(copy).isInstanceOf(Derived.class).hasMessage("named: m").hasNoCause();
        assertThat(copy(copy(new Last("m", null)))).hasMessage("last: named: m");
    }

    @Test
    void shouldKeepTheCauseOfAnExceptionWhoseSuperclassWrapsIt() {
        Throwable copy = copy(copy(new Derived("m", new ArithmeticException("c"))));

        assertThat(copy.getCause()).isInstanceOf(IllegalStateException.class);
        assertThat(copy.getCause().getCause())
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("c");
    }
}

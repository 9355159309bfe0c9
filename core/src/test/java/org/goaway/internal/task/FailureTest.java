package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.SizeLimit;
import org.junit.jupiter.api.Test;

class FailureTest {

    private final Codec codec = new Codec(FailureTest.class.getClassLoader(), null);

    @Test
    void shouldTellItsSizeWithEncodingTextsFramesAndCauses() {
        Failure plain = Failure.inWords("t", "m".repeat(5000), new StackTraceElement[0]);
        Failure framed = Failure.inWords("t", "m", new StackTraceElement[] {
            new StackTraceElement("c".repeat(100), "m".repeat(100), "f".repeat(100), 1)
        });
        Failure encoded = Failure.of(
                new IllegalStateException("x".repeat(3000), new RuntimeException("y".repeat(2000))),
                codec,
                SizeLimit.VALUE);

        assertThat(plain.size()).isEqualTo(5001);
        assertThat(framed.size()).isEqualTo(302);
        assertThat(encoded.size()).isGreaterThan(encoded.encoded().length + 5000);
    }

    private static final class JobFailed extends Exception {
        private static final long serialVersionUID = 1L;

        JobFailed(Throwable cause) {
            super("job", cause);
        }
    }

    /** Java's own keeps its fields to itself. */
    private static FileSystemException untransferable() {
        FileSystemException exception = new FileSystemException("a.txt", null, "no room");
        exception.initCause(new IllegalStateException("disk", exception));
        exception.addSuppressed(new ArithmeticException("beside"));
        return exception;
    }

    @Test
    void shouldKeepTheClassOfAnExceptionOneOfWhoseCausesCannotTravel() {
        FileSystemException inner = untransferable();
        JobFailed failed = new JobFailed(new IllegalArgumentException(inner));
        failed.addSuppressed(inner);

        Failure failure = Failure.of(failed, codec, SizeLimit.VALUE);
        Throwable copy = failure.toThrowable(codec);

        assertThat(failure.whyInWords()).isNull();
        assertThat(copy).isInstanceOf(JobFailed.class).hasMessage("job");
        assertThat(copy.getCause()).isInstanceOf(IllegalArgumentException.class);
        Throwable standIn = copy.getCause().getCause();
        assertThat(copy.getSuppressed()).containsExactly(standIn);
        assertThat(standIn.toString())
                .startsWith("java.nio.file.FileSystemException: a.txt: no room (told in words: ")
                .contains("throw an exception of your own");
        assertThat(standIn.getStackTrace()).isEqualTo(inner.getStackTrace());
        assertThat(standIn.getSuppressed()[0]).isInstanceOf(ArithmeticException.class);
        assertThat(standIn.getCause()).isInstanceOf(IllegalStateException.class);
        assertThat(standIn.getCause().getCause()).isSameAs(standIn);
    }

    @Test
    void shouldTellInWordsOfAnExceptionThatCannotTravelItself() {
        Failure failure = Failure.of(untransferable(), codec, SizeLimit.VALUE);

        assertThat(failure.encoded()).isNull();
        assertThat(failure.whyInWords()).contains("FileSystemException", "to itself");
    }
}

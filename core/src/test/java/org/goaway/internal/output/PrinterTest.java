package org.goaway.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.Level;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrinterTest {

    private static final MemberId SERVER = new MemberId(0, 2);

    /** Fails as one does whose classes are missing. */
    private static final PrintStream BROKEN =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
                @Override
                public PrintStream append(CharSequence text) {
                    throw new NoClassDefFoundError("a console's own class");
                }
            };

    private final AtomicReference<PrintStream> console = new AtomicReference<>(BROKEN);
    private final BlockingQueue<Message> sent = new LinkedBlockingQueue<>();
    private final Printer printer = printer(null, true);

    private Printer printer(PrintedTask task, boolean shown) {
        return new Printer(
                new Transport() {
                    @Override
                    public void send(MemberId to, Message message) {
                        sent.add(message);
                    }

                    @Override
                    public void multicast(Collection<MemberId> to, Message message) {}
                },
                error -> console.get(),
                member -> "server-1",
                (from, number, attempt) -> number == 0 ? null : task,
                shown);
    }

    @AfterEach
    void close() {
        printer.close();
    }

    /** A task of which nothing is known but what it printed. */
    private record Quiet(Tail tail) implements PrintedTask {
        @Override
        public String name() {
            return "quiet";
        }

        @Override
        public Throwable understand(Thrown thrown) {
            return thrown.inWords();
        }
    }

    @Test
    void shouldKeepButNotPrintWhatTasksPrintWhereOutputIsOff() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        console.set(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Quiet task = new Quiet(new Tail());
        try (Printer silent = printer(task, false)) {
            silent.onPrinted(SERVER, new Printed(1, 1, false, "hello\n".getBytes(StandardCharsets.UTF_8)));
            silent.onPrinted(SERVER, new Printed(0, 0, true, "stray\n".getBytes(StandardCharsets.UTF_8)));

            assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo(new PrintedAck(1, 1, 6));
            assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo(new PrintedAck(0, 0, 6));
            assertThat(task.tail().text()).isEqualTo("hello\n");
            assertThat(printed.size()).isZero();
            silent.onAskLevel(SERVER, new AskLevel("some"));
            assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo(new LoggerLevel("some", Level.OFF.intLevel()));

            silent.printError("progress");
        }
        assertThat(printed).hasToString("progress");
    }

    @Test
    void shouldAcknowledgeWhatCouldNotBePrinted() throws Exception {
        printer.onPrinted(SERVER, new Printed(0, 0, false, "hello\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo(new PrintedAck(0, 0, 6));
    }

    @Test
    void shouldGoOnAfterAnError() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CompletableFuture<String> end = new CompletableFuture<>();

        printer.printError("lost");
        CompletableFuture<Void> repaired = new CompletableFuture<>();
        printer.afterPrinted(() -> {
            console.set(new PrintStream(printed, true, StandardCharsets.UTF_8));
            repaired.complete(null);
        });
        assertThat(repaired).succeedsWithin(10, TimeUnit.SECONDS);
        printer.onPrinted(SERVER, new Printed(0, 0, false, "hello\n".getBytes(StandardCharsets.UTF_8)));
        printer.afterPrinted(() -> end.complete(printed.toString(StandardCharsets.UTF_8)));

        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("[server-1] hello" + System.lineSeparator());
    }
}

package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.goaway.usage.nemesis.Journal.Call;

/**
 * One writer's place: it goes on whatever interrupts it, until told to end, since a member that is cut off lets its tasks
 * end and a test wants somebody to write there. Travels to its member.
 *
 * @param name {@code what@member}
 * @param folder where the journals are, as all processes of this machine name it
 */
record Writing(String name, long seed, String folder) {

    private static final int LONGEST_PAUSE_MICROS = 3_000;
    private static final long AFTER_FAILURE_MILLIS = 50;

    /** One step of a writer's loop. */
    @FunctionalInterface
    interface Step {
        void run(Writer writer) throws Exception;
    }

    /** What a writer works with. One thread. */
    static final class Writer {
        private final Path goesOn;
        private final Journal journal;
        private final String member;
        private final Random random;
        private boolean failed;

        private Writer(Path goesOn, Journal journal, String member, Random random) {
            this.goesOn = goesOn;
            this.journal = journal;
            this.member = member;
            this.random = random;
        }

        /** Whether it has not been told to end. */
        boolean goesOn() {
            return Files.exists(goesOn);
        }

        String member() {
            return member;
        }

        Random random() {
            return random;
        }

        /** Does and records; returns the result, or the exception it ended with. */
        Object record(String key, String asked, Call call) throws IOException {
            Object end = journal.record(key, asked, call);
            failed |= end instanceof Exception;
            return end;
        }
    }

    void run(Step step) throws Exception {
        run(step, writer -> {});
    }

    /** Does the last step once it has been told to end. */
    void run(Step step, Step last) throws Exception {
        // Now, while the program can be reached: a member that is cut off gets no further classes of it.
        var unused = Ends.isForetold(new InterruptedException());
        try (Journal journal = new Journal(Path.of(folder, name + ".1.journal"))) {
            Writer writer = new Writer(
                    Order.goesOn(Path.of(folder)), journal, name.substring(name.indexOf('@') + 1), new Random(seed));
            while (writer.goesOn()) {
                writer.failed = false;
                step.run(writer);
                if (!Files.exists(begun())) {
                    Files.createFile(begun());
                }
                pause(writer);
            }
            last.run(writer);
        }
        Files.createFile(ended());
    }

    private static void pause(Writer writer) {
        boolean interrupted = Thread.interrupted();
        try {
            TimeUnit.MILLISECONDS.sleep(interrupted || writer.failed ? AFTER_FAILURE_MILLIS : 0);
            TimeUnit.MICROSECONDS.sleep(writer.random.nextInt(LONGEST_PAUSE_MICROS));
        } catch (InterruptedException goOn) {
            writer.failed = true;
        }
    }

    /** Is there once the writer has done a step. */
    Path begun() {
        return Path.of(folder, name + ".begun");
    }

    /** Is there once the writer has ended. */
    Path ended() {
        return Path.of(folder, name + ".ended");
    }
}

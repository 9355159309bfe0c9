package org.goaway.internal.launch.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.goaway.GoAwayException;

/** What is said to a script on another machine, and what it answers. One thread at a time. */
final class Conversation implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Conversation.class);

    private static final String ANSWER = "goaway: ";
    private static final long AT_MOST_SECONDS = 60;
    private static final Duration END = Duration.ofSeconds(10);

    private final ClientChannel channel;
    private final OutputStream input;
    private final InputStream output;

    Conversation(ClientChannel channel) {
        this.channel = channel;
        this.input = channel.getInvertedIn();
        this.output = channel.getInvertedOut();
    }

    Conversation say(String text) {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    Conversation say(byte[] bytes) {
        try {
            input.write(bytes);
            input.flush();
            return this;
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** Says that nothing follows. */
    Conversation sayNoMore() {
        try {
            input.close();
            return this;
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** Where a script has ended before it has read all, what it printed says why. */
    private GoAwayException brokenOff(IOException cause) {
        List<String> printed = new ArrayList<>();
        try {
            readTo(printed);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new GoAwayException(
                "the connection broke off: " + cause.getMessage()
                        + (printed.isEmpty() ? "" : "; it printed" + shown(printed)),
                cause);
    }

    /**
     * Waits for the script's answer; what a shell prints of its own before that is passed over.
     *
     * @throws GoAwayException if there is none; the message has what was printed instead
     */
    String answer() {
        List<String> printed = new ArrayList<>();
        try {
            Optional<String> answer = readTo(printed);
            return answer.orElseThrow(() -> new GoAwayException(
                    "it does not do as it is told, but prints " + (printed.isEmpty() ? "nothing" : shown(printed))));
        } catch (IOException e) {
            throw new GoAwayException("the connection broke off: " + e.getMessage(), e);
        }
    }

    private static String shown(List<String> lines) {
        return "\n  " + String.join("\n  ", lines);
    }

    /** Reads up to the answer, if there is one, within a bound. Adds what is printed before it; empty lines are the scripts' own. */
    private Optional<String> readTo(List<String> printed) throws IOException {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(AT_MOST_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (!answered.isDone()) {
                channel.close(true);
            }
        });
        try {
            for (String line = line(); line != null; line = line()) {
                if (line.startsWith(ANSWER)) {
                    return Optional.of(line.substring(ANSWER.length()));
                }
                if (!line.isEmpty()) {
                    printed.add(line);
                }
            }
            return Optional.empty();
        } finally {
            answered.complete(null);
        }
    }

    /** Byte by byte: what follows is for others. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = output.read(); next != '\n'; next = output.read()) {
            if (next < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Where the command reads and prints. */
    ClientChannel channel() {
        return channel;
    }

    /** Waits until the script has ended, or ends it: hosts allow few sessions at a time, and count those that are about to end. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            LOG.debug("the script has ended already", e);
        }
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), END);
        channel.close(true);
    }
}

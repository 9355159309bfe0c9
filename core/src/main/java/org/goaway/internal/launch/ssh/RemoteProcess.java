package org.goaway.internal.launch.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.goaway.GoAwayException;

/** A process on another machine, which has ended for this one when it has or when the connection is lost. Owns its connection. */
final class RemoteProcess extends Process {

    private static final Logger LOG = LogManager.getLogger(RemoteProcess.class);

    /** What ssh says where it cannot tell: the process was killed, or the connection lost. */
    private static final int UNKNOWN = 255;

    private static final long DRAIN_MILLIS = 200;

    private final Connection connection;
    private final ClientChannel channel;
    private final long pid;
    private final CompletableFuture<Process> ended = new CompletableFuture<>();

    RemoteProcess(Connection connection, ClientChannel channel, long pid) {
        this.connection = connection;
        this.channel = channel;
        this.pid = pid;
        channel.addCloseFutureListener(closed -> {
            var unused = connection.end().thenRun(() -> ended.complete(this));
        });
        channel.addChannelListener(new ChannelListener() {
            @Override
            public void channelStateChanged(Channel changed, String what) {
                closeIfItHasEnded();
            }
        });
        closeIfItHasEnded();
    }

    /** What it has started may hold its output open for longer. */
    private void closeIfItHasEnded() {
        if (hasToldItsEnd()) {
            CompletableFuture.delayedExecutor(DRAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> channel.close(false));
        }
    }

    /** Whether its machine has said how it ended; where only the connection is lost it may run on for a while. */
    boolean hasToldItsEnd() {
        return channel.getExitStatus() != null || channel.getExitSignal() != null;
    }

    @Override
    public OutputStream getOutputStream() {
        return channel.getInvertedIn();
    }

    @Override
    public InputStream getInputStream() {
        return channel.getInvertedOut();
    }

    /** Empty: what goes there is in the output. */
    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        while (!waitFor(1, TimeUnit.HOURS)) {
            LOG.trace("{} runs on", pid);
        }
        return exitValue();
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        try {
            ended.get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("it ends well or not at all", e);
        }
    }

    @Override
    public int exitValue() {
        if (!ended.isDone()) {
            throw new IllegalThreadStateException("process " + pid + " has not ended");
        }
        Integer status = channel.getExitStatus();
        return status == null ? UNKNOWN : status;
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return ended.copy();
    }

    @Override
    public boolean isAlive() {
        return !ended.isDone();
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public void destroy() {
        signal("TERM");
    }

    @Override
    public Process destroyForcibly() {
        if (isAlive()) {
            try {
                signal("KILL");
            } catch (GoAwayException e) {
                // Without the connection its input ends, and the process with it.
                LOG.warn("process {} is left to end by itself: {}", pid, e.getMessage());
                connection.close();
            }
        }
        return this;
    }

    /** Sends a signal and waits until that has happened. Throws GoAwayException with the reason if it cannot be sent. */
    void signal(String name) {
        try (Conversation kill = connection.start(Script.SIGNAL)) {
            kill.say(name + "\n" + pid + "\n").sayNoMore().answer();
        }
    }
}

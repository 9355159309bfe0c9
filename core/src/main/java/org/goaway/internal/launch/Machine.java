package org.goaway.internal.launch;

/** A machine on which servers can be started. Safe for any thread. */
public interface Machine {

    /** Where it is, as the end of "server-1": empty for this machine, else as {@code " on ann@far"}. */
    String on();

    /**
     * Starts a server, which then waits for its settings on its standard input and lives as long as that is open. Blocks until
     * the process runs.
     *
     * @throws org.goaway.GoAwayException if it does not; the message says why and what to do, without naming the machine
     */
    Process start(ServerCommand command);

    /**
     * Sends a signal to a process that was started here, and waits until that has happened.
     *
     * @throws org.goaway.GoAwayException if it cannot be sent
     */
    void signal(Process process, ServerProcess.Signal signal);

    /** Whether a process that was started here has ended for certain: of one elsewhere only the connection may have. */
    boolean hasEnded(Process process);
}

package org.goaway.internal.launch.ssh;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;
import org.goaway.internal.launch.Machine;
import org.goaway.internal.launch.ServerCommand;
import org.goaway.internal.launch.ServerProcess;

/**
 * A machine that this process's user can log in on with a key. It needs an SSH server, a shell and a Java; the jars are copied
 * there, once, into {@code ~/.goaway/jars}.
 */
public final class SshMachine implements Machine {

    private static final Logger LOG = LogManager.getLogger(SshMachine.class);

    private static final String MISSING = "missing ";
    private static final String RUNS = "pid ";

    private final Login login;
    private final Jars jars;

    private SshMachine(Login login, Jars jars) {
        this.login = login;
        this.jars = jars;
    }

    /**
     * The machines of these addresses, each {@code [user@]host} as {@code ssh} takes it.
     *
     * @throws GoAwayException if the user's configuration of SSH cannot be read, or asks for what there is not
     */
    public static List<SshMachine> of(List<String> addresses) {
        Library.prepare();
        Jars jars = new Jars();
        return addresses.stream()
                .map(address -> new SshMachine(Login.of(address), jars))
                .toList();
    }

    /** Its address. Throws GoAwayException if its name has none. */
    public InetAddress address() {
        try {
            return login.address();
        } catch (GoAwayException e) {
            throw new GoAwayException("cannot start a server" + on() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String on() {
        return " on " + login.written();
    }

    @Override
    public Process start(ServerCommand command) {
        Map<String, byte[]> content = jars.of(command.classPath());
        Connection connection = Connection.open(login);
        try {
            String request = request(command, content);
            Conversation launch = connection.start(Script.LAUNCH).say(request);
            String answer = launch.answer();
            if (answer.startsWith(MISSING)) {
                launch.close();
                for (String name : answer.substring(MISSING.length()).split(" ", -1)) {
                    store(connection, name, content.get(name));
                }
                launch = connection.start(Script.LAUNCH).say(request);
                answer = launch.answer();
            }
            if (!answer.startsWith(RUNS)) {
                throw new GoAwayException(command.java()
                                .map(java -> "it has no '" + java + "', which 'java' in the configuration names")
                                .orElse("it has no java on " + login.user() + "'s path")
                        + ": install a Java 17 or newer there, or name one with java: /path/to/java");
            }
            return new RemoteProcess(connection, launch.channel(), Long.parseLong(answer.substring(RUNS.length())));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static String request(ServerCommand command, Map<String, byte[]> jars) {
        List<String> lines = Stream.of(
                        Stream.of(command.java().orElse(""), command.mainClass()),
                        command.options().stream(),
                        Stream.of(""),
                        jars.keySet().stream())
                .flatMap(part -> part)
                .toList();
        lines.stream().filter(line -> line.indexOf('\n') >= 0).findFirst().ifPresent(line -> {
            throw new GoAwayException("'" + line + "' has a line break, which java and jvm_args may not");
        });
        return lines.stream().collect(Collectors.joining("\n", "", "\n\n"));
    }

    private void store(Connection connection, String name, byte[] content) {
        LOG.info("copying {} ({} bytes) to {}", name, content.length, login.written());
        try (Conversation store = connection.start(Script.STORE)) {
            store.say(name + "\n" + content.length + "\n")
                    .say(content)
                    .sayNoMore()
                    .answer();
        } catch (GoAwayException e) {
            throw new GoAwayException("GoAway's jars cannot be put into ~/.goaway/jars there: " + e.getMessage(), e);
        }
    }

    @Override
    public void signal(Process process, ServerProcess.Signal signal) {
        ((RemoteProcess) process).signal(signal.name());
    }

    @Override
    public boolean hasEnded(Process process) {
        return ((RemoteProcess) process).hasToldItsEnd();
    }
}

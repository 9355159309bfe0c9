package org.goaway;

import java.time.Duration;
import java.util.Locale;

/** The settings of a cluster, and what each may be. */
public enum ConfigKey {
    CLUSTER("a name of letters, digits, dot, dash and underscore, at most 64"),
    SERVERS(
            "a list of host or host:port, an IPv6 address as [::1]:9060, with launch: ssh also user@host:port; with launch:"
                    + " local their number, 1 to 100"),
    SPAWNER("host or host:port"),
    LAUNCH("ssh, local, in-process or none"),
    DISCOVERY("servers, multicast or gossip-router"),
    EXPECT("a number of members, 1 to 1000"),
    STACK("tcp, udp or tunnel"),
    FILEPATHS("a list of jars and folders that exist"),
    KEY_FILE("a file"),
    VOTERS("1, 3 or 5"),
    LEASE("a time from 100ms to 1h, as 500ms, 2s or 1m"),
    TIMEOUT("a time from 100ms to 1h, as 500ms, 10s or 1m"),
    ROLE("peer"),
    SPAWNER_TASKS("true or false"),
    TASK_THREADS("a number of threads, 1 to 10000"),
    LABELS("a list of words"),
    BIND("an interface's name, an address or a network (10.0.0.0/8)"),
    ROUTER("a list of host or host:port"),
    JAVA("the java command to start servers with"),
    JVM_ARGS("a list of options for java, each starting with -"),
    INSECURE("true or false"),
    OUTPUT("on or off");

    private final String allowed;

    ConfigKey(String allowed) {
        this.allowed = allowed;
    }

    /** The key as goaway.yaml has it: {@code task_threads}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its value may be, as messages say it. */
    public String allowed() {
        return allowed;
    }

    /** The refusal of {@code value}, saying what is allowed. */
    public ConfigException refuse(Object value) {
        return refuse(value, "is not allowed; it takes " + allowed);
    }

    /** The refusal of {@code value} for any other reason. */
    ConfigException refuse(Object value, String why) {
        return new ConfigException(text(), text() + ": " + shown(value) + " " + why);
    }

    private static Object shown(Object value) {
        if (value instanceof Duration time) {
            return time.toMillis() + "ms";
        }
        return value.toString().isBlank() ? "an empty value" : value;
    }
}

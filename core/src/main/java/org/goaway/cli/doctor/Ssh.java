package org.goaway.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a host can be reached by the system's ssh, has a Java, and a clock that goes as this one's. */
final class Ssh {

    private static final int CONNECT_SECONDS = 5;

    private static final int END_SECONDS = 20;

    private static final int OLDEST_JAVA = 17;

    private static final long OFF_SECONDS = 60;

    private static final Pattern JAVA = Pattern.compile("version \"([0-9]+)");

    private static final Pattern CLOCK = Pattern.compile("^clock ([0-9]+)$", Pattern.MULTILINE);

    /** Takes the java that a launch would take there, in whatever shell the user has. */
    static final String LOOK = "exec sh -c 'echo clock $(date +%s);"
            + " if command -v java >/dev/null; then java=java; else java=$JAVA_HOME/bin/java; fi; \"$java\" -version'";

    private Ssh() {}

    static Finding examine(String host) throws InterruptedException {
        String what = "ssh " + host;
        if (host.startsWith("-")) {
            return Finding.bad(what, "is no host", "write user@host");
        }
        Process ssh;
        try {
            ssh = new ProcessBuilder(List.of(
                            "ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=" + CONNECT_SECONDS, "--", host, LOOK))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Finding.bad(what, "there is no ssh here: " + e.getMessage(), "install an OpenSSH client");
        }
        try {
            ssh.getOutputStream().close();
            if (!ssh.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return Finding.bad(what, "does not answer within " + END_SECONDS + " s", "try it by hand: ssh " + host);
            }
            return read(what, host, new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Finding.bad(what, "broke off: " + e.getMessage(), "try it by hand: ssh " + host);
        } finally {
            ssh.destroyForcibly();
        }
    }

    static Finding read(String what, String host, String said) {
        Matcher clock = CLOCK.matcher(said);
        if (!clock.find()) {
            return Finding.bad(
                    what, said.strip().lines().reduce((first, last) -> last).orElse("says nothing"), fix(said, host));
        }
        Matcher java = JAVA.matcher(said);
        if (!java.find()) {
            return Finding.bad(
                    what,
                    "no Java on its path, nor in its JAVA_HOME",
                    "install a Java 17 or newer there, or name it: java: /path/to/java");
        }
        if (Integer.parseInt(java.group(1)) < OLDEST_JAVA) {
            return Finding.bad(what, "its Java is " + java.group(1), "install a Java 17 or newer there");
        }
        long off = Long.parseLong(clock.group(1)) - System.currentTimeMillis() / 1000;
        if (Math.abs(off) > OFF_SECONDS) {
            return Finding.bad(what, "its clock is " + off + " s off", "set both (timedatectl set-ntp true)");
        }
        return Finding.ok(what, "Java " + java.group(1) + ", clock within " + OFF_SECONDS + " s");
    }

    private static String fix(String said, String host) {
        if (said.contains("Host key verification failed")) {
            return "compare its key and accept it once by hand: ssh " + host;
        }
        if (said.contains("Permission denied")) {
            return "let your key in: ssh-copy-id " + host;
        }
        return "try it by hand: ssh " + host;
    }
}

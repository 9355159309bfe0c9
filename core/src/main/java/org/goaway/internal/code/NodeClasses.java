package org.goaway.internal.code;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Which classes a node takes from itself and never from an application: GoAway's own. Exactly the packages of the API,
 * not what lies below them, so that an application may call a package {@code org.goaway.examples}; and all that is
 * internal.
 */
final class NodeClasses {

    private static final Set<String> PACKAGES =
            Set.of("org.goaway", "org.goaway.config", "org.goaway.metrics", "org.goaway.cli");

    /** GoAway's log4j backend of programs: it extends a program's own log4j, so each program's loader has a copy of it. */
    private static final String COPIED = "org.goaway.internal.output.tasklog.";

    private static final String BACKEND = COPIED + "TaskLogProvider";

    private static final String LOG4J_PROVIDERS = "META-INF/services/org.apache.logging.log4j.spi.Provider";

    private NodeClasses() {}

    /** Whether each program's loader defines the class of this name for itself, from the node's class file. */
    static boolean areCopied(String name) {
        return name.startsWith(COPIED);
    }

    /** What a program's loader has under this path instead of the program's own file; null: nothing. */
    static byte[] inPlaceOf(String path) {
        return path.equals(LOG4J_PROVIDERS) ? BACKEND.getBytes(StandardCharsets.UTF_8) : null;
    }

    /** Whether the class of this name (with dots) comes from the node. */
    static boolean contain(String name) {
        if (!name.startsWith("org.goaway.")) {
            return false;
        }
        return name.startsWith("org.goaway.internal.")
                || name.startsWith("org.goaway.protocol.")
                || PACKAGES.contains(name.substring(0, name.lastIndexOf('.')));
    }

    /** Whether the class file or resource of this path (with slashes) is GoAway's own. */
    static boolean containPath(String path) {
        return path.startsWith("META-INF/services/org.goaway.")
                || contain(path.replace(".class", "").replace('/', '.'));
    }
}

package org.goaway.internal.code;

import java.util.Set;

/**
 * Which classes a node takes from itself and never from an application: GoAway's own. Exactly the packages of the API,
 * not what lies below them, so that an application may call a package {@code org.goaway.examples}; and all that is
 * internal.
 */
final class NodeClasses {

    private static final Set<String> PACKAGES =
            Set.of("org.goaway", "org.goaway.config", "org.goaway.testing", "org.goaway.cli");

    private NodeClasses() {}

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

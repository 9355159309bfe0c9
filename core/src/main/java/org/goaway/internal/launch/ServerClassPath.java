package org.goaway.internal.launch;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.goaway.GoAwayException;

/**
 * The class path of a launched server: the places from which this process loaded GoAway and what GoAway needs, and
 * nothing of the application. Found by one class of each library, not from {@code java.class.path}, which tells nothing
 * under a build tool or another container. Where an application and GoAway share one shaded jar, that jar is the class
 * path, and the server still takes the application's classes from the spawner.
 */
final class ServerClassPath {

    private static final String[] NEEDED = {
        "org.goaway.GoAway",
        "org.goaway.protocol.Message",
        "org.jgroups.JChannel",
        "org.jgroups.raft.StateMachine",
        "io.protostuff.ProtostuffOutput",
        "io.protostuff.Message",
        "io.protostuff.runtime.RuntimeSchema",
        "io.protostuff.Exclude",
        "org.apache.logging.log4j.LogManager",
        "org.snakeyaml.engine.v2.api.Load",
        "picocli.CommandLine",
    };

    /** Servers log through log4j-core where the spawner has it; else GoAway prints its warnings itself. */
    private static final String[] USED_IF_THERE = {"org.apache.logging.log4j.core.Logger"};

    private static final String STACKS = "org/goaway/jgroups/local.xml";

    /** A URL of something in a jar: this, the jar's own, {@link #ENTRY}, and the path there. */
    static final String JAR = "jar:";

    static final String ENTRY = "!/";

    private ServerClassPath() {}

    /** Its jars and folders. */
    static List<Path> find(ClassLoader loader) {
        Set<Path> places = new LinkedHashSet<>();
        for (String name : NEEDED) {
            places.add(place(name, loader, true));
        }
        for (String name : USED_IF_THERE) {
            Path place = place(name, loader, false);
            if (place != null) {
                places.add(place);
            }
        }
        places.add(placeOfStacks(loader));
        return List.copyOf(places);
    }

    private static Path place(String name, ClassLoader loader, boolean needed) {
        try {
            CodeSource source =
                    Class.forName(name, false, loader).getProtectionDomain().getCodeSource();
            if (source != null && source.getLocation() != null) {
                return path(source.getLocation());
            }
        } catch (ClassNotFoundException e) {
            if (!needed) {
                return null;
            }
            throw new GoAwayException("cannot start servers: " + name + " is not on the class path of this program", e);
        }
        throw new GoAwayException("cannot start servers: the class loader does not tell where " + name
                + " comes from; put GoAway's jars on a plain class path");
    }

    private static Path placeOfStacks(ClassLoader loader) {
        URL resource = loader.getResource(STACKS);
        if (resource == null) {
            throw new GoAwayException("cannot start servers: goaway-jgroups-config is not on the class path");
        }
        String text = resource.toString();
        try {
            return path(new URL(text.substring(0, text.length() - STACKS.length())));
        } catch (MalformedURLException e) {
            throw new GoAwayException("cannot start servers from " + text, e);
        }
    }

    /** The plain file or folder that classes come from; of a jar within a jar, a copy. */
    private static Path path(URL location) {
        String text = location.toString();
        String place = text.startsWith(JAR) && text.endsWith(ENTRY)
                ? text.substring(JAR.length(), text.length() - ENTRY.length())
                : text;
        try {
            boolean file = place.startsWith("file:");
            boolean plain = file && (!place.contains(ENTRY) || Files.exists(Path.of(new URI(place))));
            return plain ? Path.of(new URI(place)) : NestedJars.copy(place);
        } catch (URISyntaxException | IOException | RuntimeException e) {
            throw new GoAwayException(
                    "cannot start servers from " + location
                            + ": GoAway's jars must be plain files on this machine, or jars within one",
                    e);
        }
    }
}

package org.goaway.cli;

import java.nio.file.Path;
import org.goaway.internal.security.ClusterKey;
import org.goaway.internal.security.KeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes and shows the key that the members of a cluster share. */
@Command(
        name = "key",
        description =
                "Makes and shows the key that the members of a cluster share; who has it can run code on all of them.",
        mixinStandardHelpOptions = true)
final class KeyCommand implements Runnable {

    private static final String FILE = "the file (default: ~/.goaway/cluster.key)";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "new or show? see --help");
    }

    @Command(
            name = "new",
            description = "Writes a new key to a file that only you can read.",
            mixinStandardHelpOptions = true)
    void make(@Parameters(arity = "0..1", paramLabel = "FILE", description = FILE) Path given) {
        Path file = given == null ? KeyFile.usual() : given;
        ClusterKey key = ClusterKey.create();
        KeyFile.write(key, file);
        spec.commandLine().getOut().println(file + ": " + key.fingerprint());
        spec.commandLine()
                .getOut()
                .println(
                        "Copy it to the other machines over a safe way (scp -p), and set key_file: in their goaway.yaml.");
        spec.commandLine().getOut().flush();
    }

    @Command(
            name = "show",
            description =
                    "Prints a key's fingerprint, which is no secret: the same on two machines means the same key.",
            mixinStandardHelpOptions = true)
    void show(@Parameters(arity = "0..1", paramLabel = "FILE", description = FILE) Path given) {
        Path file = given == null ? KeyFile.usual() : given;
        spec.commandLine().getOut().println(file + ": " + KeyFile.read(file).fingerprint());
        spec.commandLine().getOut().flush();
    }
}

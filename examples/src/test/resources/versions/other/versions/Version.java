package versions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.GoAway;

/** A class of this name is in two programs, and is different. */
public final class Version {

    private static int calls;

    private Version() {}

    /** Arguments: the configuration, a file to write when it has run, and one to wait for before it runs again. */
    public static void main(String[] args) throws Exception {
        try (Cluster cluster = GoAway.init(Path.of(args[0]))) {
            System.out.println(cluster.call(Version::text).join());
            Files.createFile(Path.of(args[1]));
            while (!Files.exists(Path.of(args[2]))) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            System.out.println(cluster.call(Version::text).join());
        }
    }

    private static String text() {
        return "version other, call " + ++calls + " on " + GoAway.current().self().name();
    }
}

package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lambdas of test classes, which JUnit's and the build's loaders have, and of classes that a test loads itself. */
class TestsOwnLoaderIT {

    private static Cluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cluster = GoAway.init(
                ClusterConfig.builder().localServers(1).spawnerTasks(false).build());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private record Point(int x, int y) {}

    private static Point mirrored(Point point) {
        return new Point(point.y(), point.x());
    }

    @Test
    void shouldRunLambdasOfATestClass() {
        int seen = 41;

        assertThat(cluster.call(() -> seen + 1).join()).isEqualTo(42);
        assertThat(cluster.call(TestsOwnLoaderIT::mirrored, new Point(1, 2)).join())
                .isEqualTo(new Point(2, 1));
        assertThat(cluster.call(TestsOwnLoaderIT::nodeHasThisClass).join()).isFalse();
    }

    @Test
    void shouldRunClassesOfALoaderThatTheContextDoesNotKnow() throws Exception {
        Path classes = folder.resolve("classes");
        Sources.compile(Sources.copy("loaded", folder.resolve("src")), ClassPath.ofGoAway(), classes);

        for (int version = 1; version <= 2; version++) {
            try (URLClassLoader loader = new URLClassLoader(
                    new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
                Callable<?> plugin = (Callable<?>)
                        loader.loadClass("loaded.Plugin").getConstructor().newInstance();

                // Each loader is a version of the code of its own: its statics begin afresh on the server.
                assertThat(plugin.call()).isEqualTo(List.of(1, 2));
            }
        }
    }

    private static boolean nodeHasThisClass() {
        try {
            Class.forName(TestsOwnLoaderIT.class.getName(), false, GoAway.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}

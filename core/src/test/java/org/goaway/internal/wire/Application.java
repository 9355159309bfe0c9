package org.goaway.internal.wire;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** An application compiled for a test, with a loader of its own. */
final class Application {

    private Application() {}

    /** Compiles one source file into {@code folder} and returns a loader of it. */
    static ClassLoader compile(Path folder, String source, String... options) throws IOException {
        Path file = folder.resolve("Main.java");
        Files.writeString(file, source);
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-proc:none", "-d", folder.toString(), file.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("the test's application does not compile");
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Application.class.getClassLoader());
    }

    /** Calls the static method {@code app.Main.make()}. */
    static Object make(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass("app.Main").getMethod("make").invoke(null);
    }
}

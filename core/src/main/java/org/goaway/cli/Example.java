package org.goaway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A program that the examples' own module lists in its {@code goaway-examples.properties}, as
 * {@code name=main class,what it shows}.
 */
record Example(String mainClass, String shows) {

    private static final String LIST = "/goaway-examples.properties";

    /** The examples on the class path by name; empty where that module is not there. */
    static Map<String, Example> all() throws IOException {
        Map<String, Example> examples = new TreeMap<>();
        try (InputStream list = Example.class.getResourceAsStream(LIST)) {
            if (list != null) {
                Properties lines = new Properties();
                lines.load(list);
                lines.stringPropertyNames().forEach(name -> examples.put(name, parse(lines.getProperty(name))));
            }
        }
        return examples;
    }

    private static Example parse(String line) {
        String[] parts = line.split(",", 2);
        return new Example(parts[0].trim(), parts[1].trim());
    }
}

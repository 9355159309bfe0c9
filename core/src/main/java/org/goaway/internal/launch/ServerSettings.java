package org.goaway.internal.launch;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a launched server is told, as {@code name=value} lines on its standard input with an empty line at the end. Nothing
 * of it is an argument or an environment variable, which other users of the machine could read: the key is among it.
 *
 * @param values the settings; neither names nor values contain line breaks
 */
public record ServerSettings(Map<String, String> values) {

    private static final char SEPARATOR = '=';

    public ServerSettings {
        values = Map.copyOf(values);
        values.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf(SEPARATOR) >= 0 || hasLineBreak(name) || hasLineBreak(value)) {
                throw new IllegalArgumentException("server setting '" + name + "' cannot be written as one line");
            }
        });
    }

    /** The value of a setting that every server is told. */
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("the server was not told its '" + name + "'"));
    }

    /** The value of a setting that is left to the server where it was told none. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Writes the settings; the writer stays open, since the server lives as long as its standard input does. */
    void writeTo(Writer out) throws IOException {
        for (Map.Entry<String, String> setting : values.entrySet()) {
            out.write(setting.getKey() + SEPARATOR + setting.getValue() + "\n");
        }
        out.write("\n");
        out.flush();
    }

    /** Reads up to the empty line. */
    public static ServerSettings readFrom(BufferedReader in) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return new ServerSettings(values);
            }
            int at = line.indexOf(SEPARATOR);
            if (at < 0) {
                throw new IOException("a line of the server's settings has no '='");
            }
            values.put(line.substring(0, at), line.substring(at + 1));
        }
        throw new EOFException("standard input ended within the server's settings");
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /** Leaves the values out: the key is among them. */
    @Override
    public String toString() {
        return "settings " + values.keySet();
    }
}

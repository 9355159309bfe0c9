package org.goaway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A goaway.yaml: one mapping of keys to text and lists of text. What the text means is the key's business. */
final class YamlFile {

    private final String file;

    private YamlFile(Path file) {
        this.file = file.toString();
    }

    /**
     * Reads the file's settings.
     *
     * @throws ConfigException if it cannot be read, is no such mapping, or has a key that is unknown or there twice
     */
    static List<Setting> read(Path file) {
        return new YamlFile(file).settings(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    file.toString(),
                    0,
                    "there is no such file (looked for in " + Path.of("").toAbsolutePath() + ")",
                    e);
        } catch (IOException e) {
            throw new ConfigException(file.toString(), 0, "cannot be read: " + e, e);
        }
    }

    private List<Setting> settings(String text) {
        List<Setting> settings = new ArrayList<>();
        for (NodeTuple entry : mapping(text)) {
            Setting setting = setting(entry);
            for (Setting earlier : settings) {
                if (earlier.key() == setting.key()) {
                    throw setting.origin()
                            .locate(new ConfigException(
                                    setting.key().text(),
                                    setting.key().text() + " is set already, at " + earlier.origin()
                                            + "; leave one out"));
                }
            }
            settings.add(setting);
        }
        return settings;
    }

    private List<NodeTuple> mapping(String text) {
        Optional<Node> root = compose(text);
        if (root.isEmpty()) {
            return List.of();
        }
        if (root.get() instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw new ConfigException(file, line(root.get()), "expected lines of the form key: value", null);
    }

    private Optional<Node> compose(String text) {
        try {
            return new Compose(
                            LoadSettings.builder().setAllowNonScalarKeys(true).build())
                    .composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(YamlFile::line).orElse(0);
            throw new ConfigException(file, line, "this is no YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new ConfigException(file, 0, "this is no YAML: " + e.getMessage(), e);
        }
    }

    private Setting setting(NodeTuple entry) {
        Origin origin = new Origin(file, line(entry.getKeyNode()));
        String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(not a word)";
        ConfigKey key = Keys.find(name).orElseThrow(() -> origin.locate(Keys.unknown(name)));
        Node value = entry.getValueNode();
        if (value instanceof SequenceNode sequence) {
            List<String> values = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                values.add(scalar(key, element));
            }
            return new Setting(key, values, true, origin);
        }
        return Setting.of(key, scalar(key, value), origin);
    }

    private String scalar(ConfigKey key, Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        Origin origin = new Origin(file, line(node));
        String what = node instanceof ScalarNode ? "an empty value" : "a list or mapping within";
        throw origin.locate(key.refuse(what));
    }

    private static int line(Node node) {
        return node.getStartMark().map(YamlFile::line).orElse(0);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }
}

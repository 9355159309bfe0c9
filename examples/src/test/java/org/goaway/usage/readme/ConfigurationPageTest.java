package org.goaway.usage.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.goaway.ClusterConfig;
import org.goaway.ConfigKey;
import org.goaway.config.ConfigReader;
import org.goaway.usage.ClassPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that lists the keys of goaway.yaml. */
class ConfigurationPageTest {

    @TempDir
    private Path folder;

    private static List<String> found(String pattern) throws IOException {
        String page = Files.readString(ClassPath.project().resolve("docs/configuration.md"));
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(page)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    @Test
    void shouldHaveARowForEachKey() throws IOException {
        List<String> keys =
                Arrays.stream(ConfigKey.values()).map(ConfigKey::text).toList();

        assertThat(found("^\\| `(\\w+)` \\|")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void shouldShowAFileThatIsTaken() throws IOException {
        List<String> blocks = found("^```yaml\\n(.*?)^```$");
        assertThat(blocks).hasSize(1);
        Path file = Files.writeString(folder.resolve("goaway.yaml"), blocks.get(0));

        ClusterConfig config = new ConfigReader(new Properties(), Map.of())
                .complete(ClusterConfig.builder().build(), Optional.of(file));

        assertThat(config.servers()).containsExactly("10.0.0.1", "10.0.0.2:9070");
        assertThat(config.expect()).hasValue(3);
    }
}

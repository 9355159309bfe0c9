package org.goaway.usage.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.goaway.ClusterConfig;
import org.goaway.config.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void shouldMeanWhatTheReadmeSays() throws IOException {
        Path file = Files.writeString(folder.resolve("goaway.yaml"), Readme.block("yaml", ""));

        ClusterConfig config = new ConfigReader(new Properties(), Map.of())
                .complete(ClusterConfig.builder().build(), Optional.of(file));

        assertThat(config)
                .isEqualTo(ClusterConfig.builder()
                        .cluster("demo")
                        .launch("none")
                        .discovery("multicast")
                        .expect(3)
                        .build());
    }
}

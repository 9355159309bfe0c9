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

    private ClusterConfig read(String part) throws IOException {
        Path file = Files.writeString(folder.resolve("goaway.yaml"), Readme.block("yaml", part));
        return new ConfigReader(new Properties(), Map.of())
                .complete(ClusterConfig.builder().build(), Optional.of(file));
    }

    @Test
    void shouldStartServersOverSshAsTheReadmeSays() throws IOException {
        ClusterConfig config = read("launch: ssh");
        assertThat(config.launch()).isEqualTo(ClusterConfig.Launch.SSH);
        assertThat(config.servers()).containsExactly("ubuntu@10.0.0.7", "lab-2:9060");
    }

    @Test
    void shouldFindServersAsTheReadmeSays() throws IOException {
        assertThat(read("discovery: multicast"))
                .isEqualTo(ClusterConfig.builder()
                        .cluster("demo")
                        .launch("none")
                        .discovery("multicast")
                        .expect(3)
                        .build());
    }
}

package org.goaway.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.goaway.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    private Path folder;

    private Path written() {
        Path file = folder.resolve("made/cluster.key");
        KeyFile.write(ClusterKey.create(), file);
        return file;
    }

    @Test
    void shouldReadWhatItWrote() {
        ClusterKey key = ClusterKey.create();
        Path file = folder.resolve("cluster.key");
        KeyFile.write(key, file);
        ClusterKey read = KeyFile.read(file);
        assertThat(read.fingerprint()).isEqualTo(key.fingerprint()).hasSize(95);
        assertThat(read.discovery()).isEqualTo(key.discovery());
        assertThat(ClusterKey.create().fingerprint()).isNotEqualTo(key.fingerprint());
    }

    @Test
    void shouldDecodeWhatItEncodedAndNothingElse() {
        ClusterKey key = ClusterKey.create();
        ClusterKey decoded = ClusterKey.decode(key.encoded());
        assertThat(decoded.fingerprint()).isEqualTo(key.fingerprint());
        assertThat(decoded.discovery()).isEqualTo(key.discovery());
        assertThat(key.encoded()).doesNotContain("\n");
        assertThatThrownBy(() -> ClusterKey.decode("YQ==:YQ==")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterKey.decode("YQ==")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWriteForTheOwnerAloneAndRefuseLooserModes() throws IOException {
        Path file = written();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("chmod 600");
    }

    /** Copies from file systems without modes have one. */
    @Test
    void shouldNotMindThatTheOwnerMayExecuteIt() throws IOException {
        Path file = written();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        assertThat(KeyFile.read(file).fingerprint()).hasSize(95);
    }

    @Test
    void shouldNotOverwrite() throws IOException {
        Path file = written();
        String before = Files.readString(file);
        assertThatThrownBy(() -> KeyFile.write(ClusterKey.create(), file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exists already");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void shouldLeaveNothingWhereItCouldNotWrite() {
        Path file = folder.resolve("cluster.key");
        assertThatThrownBy(() -> KeyFile.create(file, made -> {
                    Files.writeString(made, "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be written: No space left on device");
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldTellAFileThatCannotBeReadFromOneThatIsNoKey() {
        assertThatThrownBy(() -> KeyFile.read(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read (Is a directory)");
        Path file = folder.resolve("cluster.key");
        assertThat(KeyFile.unreadable(file, new AccessDeniedException(file.toString())))
                .hasMessageContaining("the key file " + file + " may not be read by this user")
                .hasMessageContaining("chown");
    }

    @Test
    void shouldSayWhereItLookedForARelativeFile() {
        Path relative = Path.of("no-such.key");
        assertThatThrownBy(() -> KeyFile.read(relative))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.key()).contains("key_file"))
                .hasMessageStartingWith("the key file " + relative.toAbsolutePath() + " does not exist");
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        assertThatThrownBy(() -> KeyFile.read(folder.resolve("none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("goaway key new");
        Path file = written();
        String text = Files.readString(file);
        for (String broken : new String[] {"", "hello", text.substring(0, 200), text.replace("M", "N")}) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> KeyFile.read(file))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("is no key of GoAway");
        }
    }

    @Test
    void shouldRefuseACertificateOfAnotherKey() throws IOException {
        Path one = written();
        Path other = folder.resolve("other.key");
        KeyFile.write(ClusterKey.create(), other);
        String mixed = Files.readString(one).replaceAll("(?s)-----BEGIN CERT.*", "")
                + Files.readString(other).replaceAll("(?s).*END PRIVATE KEY-----\n", "");
        Files.writeString(one, mixed);
        assertThatThrownBy(() -> KeyFile.read(one)).hasMessageContaining("not its key's");
    }
}

package org.goaway.internal.launch.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of OpenSSH's user mean, as to OpenSSH. */
class LoginTest {

    private final String realHome = System.getProperty("user.home");

    @TempDir
    private Path home;

    @BeforeEach
    void moveIn() {
        System.setProperty("user.home", home.toString());
    }

    @AfterEach
    void moveOut() {
        System.setProperty("user.home", realHome);
    }

    private void has(String name, String text) throws IOException {
        Path file = home.resolve(".ssh").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldTakeQuotesForOnePath() throws IOException {
        has("config", """
                Host far
                  IdentityFile "~/.ssh/my key, old"
                  IdentityFile "~/.ssh/other"
                  IdentityAgent "~/Library/Group Containers/agent.sock"
                  UserKnownHostsFile "~/.ssh/known hosts" ~/.ssh/more
                  GlobalKnownHostsFile="/etc/known"
                """);
        Login login = Login.of("far");
        assertThat(login.keyFiles()).containsExactly(home.resolve(".ssh/my key, old"), home.resolve(".ssh/other"));
        assertThat(login.agent()).contains(home.resolve("Library/Group Containers/agent.sock"));
        assertThat(login.knownHosts())
                .containsExactly(home.resolve(".ssh/known hosts"), home.resolve(".ssh/more"), Path.of("/etc/known"));
    }

    @Test
    void shouldLookForAnAliasWithoutAPort() throws IOException, GeneralSecurityException {
        PublicKey key = key();
        has("config", "Host far\n  HostName 127.0.0.1\n  Port 2222\n  HostKeyAlias vm1\n");
        has("known_hosts", "vm1 " + PublicKeyEntry.toString(key) + "\n");
        assertThat(new HostKeys(Login.of("far")).verifyServerKey(null, null, key))
                .isTrue();
        assertThat(new HostKeys(Login.of("127.0.0.1")).verifyServerKey(null, null, key))
                .isFalse();
    }

    @Test
    void shouldLookForANameInSmallLetters() throws IOException, GeneralSecurityException {
        PublicKey key = key();
        has("known_hosts", hashed("web1") + " " + PublicKeyEntry.toString(key) + "\n");
        assertThat(new HostKeys(Login.of("Web1")).verifyServerKey(null, null, key))
                .isTrue();
    }

    @Test
    void shouldReadAConfigurationThatIsNotUtf8() throws IOException {
        has("config", "");
        Files.write(
                home.resolve(".ssh/config"),
                "# caf\u00e9\nHost far\n  HostName 127.0.0.1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Login.of("far").host()).isEqualTo("127.0.0.1");
    }

    private static PublicKey key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair().getPublic();
    }

    /** As {@code ssh-keygen -H} writes a name. */
    private static String hashed(String name) throws GeneralSecurityException {
        byte[] salt = new byte[20];
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        Base64.Encoder base64 = Base64.getEncoder();
        return "|1|" + base64.encodeToString(salt) + "|"
                + base64.encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    }
}

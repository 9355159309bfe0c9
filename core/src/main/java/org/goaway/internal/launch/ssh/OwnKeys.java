package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.security.auth.login.FailedLoginException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The private keys in files that prove to a host who logs in. Nobody is asked for a passphrase: keys that have one are for the
 * agent. Remembers what became of each file, for the message if the host takes none.
 */
final class OwnKeys implements KeyIdentityProvider {

    private final List<Path> files;
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    OwnKeys(List<Path> files) {
        this.files = files;
    }

    @Override
    public Iterable<KeyPair> loadKeys(SessionContext session) {
        List<KeyPair> keys = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                notes.add(file + " " + read(session, file, keys));
            }
        }
        return keys;
    }

    /** Adds what is in the file; returns what is to be said of it. */
    private static String read(SessionContext session, Path file, List<KeyPair> into) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Modes.isForOwnerAlone(file)) {
                return "is not used, since others than its owner may read it: chmod 600 " + file;
            }
            Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                    session, new PathResource(file), in, FilePasswordProvider.EMPTY);
            if (keys == null) {
                return "has no key";
            }
            keys.forEach(into::add);
            return "is refused";
        } catch (FailedLoginException e) {
            return "has a passphrase: give it to the agent (ssh-add " + file + ")";
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    /** The public keys beside the private ones, by which an agent's keys are chosen. */
    List<PublicKey> publicKeys() {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            Path beside = file.resolveSibling(file.getFileName() + ".pub");
            try {
                if (Files.exists(beside)) {
                    String line = Files.readString(beside, StandardCharsets.UTF_8);
                    keys.add(PublicKeyEntry.parsePublicKeyEntry(line.strip()).resolvePublicKey(null, null, null));
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                notes.add(beside + " cannot be read: " + e.getMessage());
            }
        }
        return keys;
    }

    /** What became of each file that is there. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}

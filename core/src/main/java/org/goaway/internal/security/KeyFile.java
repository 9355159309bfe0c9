package org.goaway.internal.security;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;

/**
 * A cluster's key in a file that only its owner may read: the private key and the certificate, each as PEM. Where files have no
 * owners' modes, they are not looked at.
 */
public final class KeyFile {

    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

    private KeyFile() {}

    /** Where the commands look when they are told no file. */
    public static Path usual() {
        return Path.of(System.getProperty("user.home"), ".goaway", "cluster.key");
    }

    /**
     * Writes the key to a new file.
     *
     * @throws ConfigException if there is a file already, or it cannot be written; nothing has changed
     */
    public static void write(ClusterKey key, Path file) {
        try {
            String text = pem(KEY, key.key().getEncoded())
                    + pem(CERTIFICATE, key.certificate().getEncoded());
            create(file, made -> Files.writeString(made, text, StandardOpenOption.WRITE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was made has an encoding", e);
        }
    }

    /** What goes into a new file. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    static void create(Path file, Content content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileAttribute<?>[] modes = hasModes()
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                    : new FileAttribute<?>[0];
            Files.createFile(file, modes);
            try {
                content.writeTo(file);
            } catch (IOException e) {
                Files.deleteIfExists(file); // half a key would be in the way of the next try
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw wrong(
                    file,
                    "exists already, and who has it would be locked out; give another file, or remove it first",
                    e);
        } catch (IOException e) {
            throw wrong(file, "cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the key.
     *
     * @throws ConfigException if there is none, it cannot be read, others than the owner may read it, or it is none
     */
    public static ClusterKey read(Path file) {
        String text = text(file);
        try {
            ClusterKey key = ClusterKey.of(part(text, KEY), part(text, CERTIFICATE));
            if (!key.belongsTogether()) {
                throw wrong(file, "has a certificate that is not its key's: copy the file again, whole", null);
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw noKey(file, e);
        }
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            if (hasModes() && !Collections.disjoint(OTHERS, Files.getPosixFilePermissions(file))) {
                throw wrong(
                        file,
                        "may be read by others than its owner, so it is no secret: make a new one with 'goaway key new', or"
                                + " 'chmod 600' it if nobody has",
                        null);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw noKey(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static ConfigException unreadable(Path file, IOException why) {
        if (why instanceof NoSuchFileException) {
            return wrong(
                    file,
                    "does not exist: make one with 'goaway key new " + file.toAbsolutePath()
                            + "' and copy it to all machines",
                    why);
        } else if (why instanceof AccessDeniedException) {
            return wrong(file, "may not be read by this user: run as its owner, or 'chown' it to this user", why);
        }
        return wrong(file, "cannot be read (" + why.getMessage() + "): name the file that has the key", why);
    }

    private static ConfigException noKey(Path file, Exception why) {
        return wrong(file, "is no key of GoAway (" + why.getMessage() + "): make one with 'goaway key new'", why);
    }

    private static boolean hasModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static ConfigException wrong(Path file, String problem, Exception cause) {
        return new ConfigException(
                ConfigKey.KEY_FILE.text(), "the key file " + file.toAbsolutePath() + " " + problem, cause);
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private static byte[] part(String text, String kind) {
        Matcher part = Pattern.compile("-----BEGIN " + kind + "-----(.*?)-----END " + kind + "-----", Pattern.DOTALL)
                .matcher(text);
        if (!part.find()) {
            throw new IllegalArgumentException("it has no " + kind);
        }
        return Base64.getMimeDecoder().decode(part.group(1));
    }
}

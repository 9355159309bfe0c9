package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.goaway.GoAwayException;

/** Whom files let read and write, as OpenSSH asks it before it uses them. Where files have no such modes all is well. */
final class Modes {

    private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private Modes() {}

    static void refuseIfOthersWrite(Path file) throws IOException {
        if (!Collections.disjoint(of(file), WRITTEN_BY_OTHERS)) {
            throw new GoAwayException(file + " may be written by others than its owner: chmod 600 " + file);
        }
    }

    static boolean isForOwnerAlone(Path file) throws IOException {
        return OWNER.containsAll(of(file));
    }

    private static Set<PosixFilePermission> of(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                ? Files.getPosixFilePermissions(file)
                : Set.of();
    }
}

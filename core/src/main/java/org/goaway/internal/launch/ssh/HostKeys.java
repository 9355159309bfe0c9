package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/**
 * Whether a host is the one that the user knows: its key is in the files of known hosts. Others are refused, and nothing is ever
 * written there. As OpenSSH does, asks the host for a key of a kind that is known of it, if one is. Certificates of hosts are not
 * taken.
 */
final class HostKeys implements ServerKeyVerifier, SessionListener {

    private static final String REVOKED = "revoked";

    private final Login login;
    private final List<KnownHostEntry> known = new ArrayList<>();
    private volatile Optional<String> refusal = Optional.empty();

    HostKeys(Login login) throws IOException {
        this.login = login;
        for (Path file : login.knownHosts()) {
            if (Files.isReadable(file)) {
                KnownHostEntry.readKnownHostEntries(file).stream()
                        .filter(entry -> entry.isHostMatch(login.knownAs(), login.knownPort()))
                        .forEach(known::add);
            }
        }
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey key) {
        if (matching(REVOKED, key)) {
            refusal = Optional.of("its host key (" + describe(key) + ") is marked as revoked in " + files()
                    + ": find out why, and give the host a new one");
        } else if (!matching(null, key)) {
            boolean other = known.stream().anyMatch(entry -> entry.getMarker() == null);
            refusal = Optional.of(
                    other
                            ? "its host key (" + describe(key) + ") is not the one in " + files()
                                    + ". Somebody may be in between. If the host was set up anew: ssh-keygen -R "
                                    + pattern() + ", and then accept the new key by hand: ssh " + login.written()
                            : "its host key (" + describe(key) + ") is in none of " + files()
                                    + ": compare it with the host's own and accept it once by hand: ssh "
                                    + login.written());
        }
        return refusal.isEmpty();
    }

    /** Why the host was refused; empty if it was not. */
    Optional<String> refusal() {
        return refusal;
    }

    @Override
    public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
        List<String> kinds = known.stream()
                .filter(entry -> entry.getMarker() == null)
                .map(entry -> entry.getKeyEntry().getKeyType())
                .toList();
        proposal.computeIfPresent(
                KexProposalOption.SERVERKEYS,
                (option, algorithms) -> Stream.of(algorithms.split(",", -1))
                        .filter(algorithm -> !algorithm.contains("-cert-"))
                        .sorted(Comparator.comparing(
                                algorithm -> !kinds.contains(KeyUtils.getCanonicalKeyType(algorithm))))
                        .collect(Collectors.joining(",")));
    }

    private boolean matching(String marker, PublicKey key) {
        return known.stream()
                .filter(entry -> marker == null ? entry.getMarker() == null : marker.equals(entry.getMarker()))
                .anyMatch(entry -> isOf(entry, key));
    }

    private static boolean isOf(KnownHostEntry entry, PublicKey key) {
        try {
            return KeyUtils.compareKeys(
                    entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING), key);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private String pattern() {
        return login.knownPort() == 22 ? login.knownAs() : "'[" + login.knownAs() + "]:" + login.knownPort() + "'";
    }

    private String files() {
        return login.knownHosts().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static String describe(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
    }
}

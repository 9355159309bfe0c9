package org.goaway.internal.security;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;

/**
 * What the members of a cluster share and nobody else has: a P-256 key pair and its self-signed certificate. Who has it is a
 * member and can do all that a member can, run any code among it; who has it not cannot connect. Immutable.
 */
public final class ClusterKey {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final String MAC = "HmacSHA256";
    private static final String SEPARATOR = ":";
    private static final byte[] FOR_DISCOVERY = "goaway discovery 1".getBytes(StandardCharsets.UTF_8);

    private final PrivateKey key;
    private final X509Certificate certificate;

    ClusterKey(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new key. */
    public static ClusterKey create() {
        SelfSignedX509CertificateAndSigningKey made = SelfSignedX509CertificateAndSigningKey.builder()
                .setDn(new X500Principal("CN=GoAway cluster"))
                .setKeyAlgorithmName("EC")
                .setKeySize(256)
                .setSignatureAlgorithmName(SIGNATURE)
                .build();
        return new ClusterKey(made.getSigningKey(), made.getSelfSignedCertificate());
    }

    /** The key that {@link #encoded()} gave. Throws IllegalArgumentException for what is none. */
    public static ClusterKey decode(String encoded) {
        String[] parts = encoded.split(SEPARATOR, -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no key of a cluster");
        }
        try {
            return of(Base64.getDecoder().decode(parts[0]), Base64.getDecoder().decode(parts[1]));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key of a cluster", e);
        }
    }

    /** The key of its two parts in their standard encodings, PKCS #8 and X.509. */
    static ClusterKey of(byte[] key, byte[] certificate) throws GeneralSecurityException {
        return new ClusterKey(
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate)));
    }

    /** All of the key, as one word, for another process. Who reads it is a member. */
    public String encoded() {
        try {
            Base64.Encoder base64 = Base64.getEncoder();
            return base64.encodeToString(key.getEncoded())
                    + SEPARATOR
                    + base64.encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    /** Connections that only holders of this key get, and on which nobody else can read or change anything. */
    public SSLContext tls() {
        return Tls.of(key, certificate);
    }

    /** What proves that a search for members comes from one; derived, so that it tells nothing of the key itself. */
    public SecretKey discovery() {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.getEncoded(), MAC));
            return new SecretKeySpec(mac.doFinal(FOR_DISCOVERY), MAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    /** Tells keys apart without telling the key: the certificate's SHA-256. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether the certificate is this private key's. */
    boolean belongsTogether() {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(key);
            signature.update(FOR_DISCOVERY);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(FOR_DISCOVERY);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }
}

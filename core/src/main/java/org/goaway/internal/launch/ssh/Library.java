package org.goaway.internal.launch.ssh;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/** What has to be done before MINA SSHD's classes are loaded, which they keep. */
final class Library {

    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private static boolean prepared;

    private Library() {}

    static synchronized void prepare() {
        if (!prepared) {
            prepared = true;
            quieten();
            SecurityUtils.registerSecurityProvider(new OfTheJdk());
        }
    }

    /**
     * MINA SSHD logs through SLF4J, which complains on System.err where the program brings no backend for it. Most programs bring
     * none, and GoAway says in its own words what fails.
     */
    private static void quieten() {
        if (System.getProperty(VERBOSITY) == null && !hasBackend()) {
            System.setProperty(VERBOSITY, "ERROR");
            LoggerFactory.getILoggerFactory();
            System.clearProperty(VERBOSITY);
        }
    }

    private static boolean hasBackend() {
        try {
            return ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
                    .findFirst()
                    .isPresent();
        } catch (NoClassDefFoundError e) {
            return true; // SLF4J 1, which a program brings together with the backend that it chose.
        }
    }

    /** Adds Ed25519 and leaves all else as it is. */
    private static final class OfTheJdk extends AbstractSecurityProviderRegistrar {

        private static final String PROVIDER = "SunEC";

        OfTheJdk() {
            super(PROVIDER);
        }

        @Override
        public Provider getSecurityProvider() {
            return Security.getProvider(PROVIDER);
        }

        @Override
        public boolean isSupported() {
            return getSecurityProvider() != null;
        }

        @Override
        public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
            return Optional.of(new Ed25519());
        }
    }
}

package org.goaway;

import java.util.Locale;
import java.util.UUID;

/** The defaults that are not constants. */
final class ConfigDefaults {

    private ConfigDefaults() {}

    /** Random where the process brings its own servers, so that two runs never meet. */
    static String cluster(ClusterConfig.Launch launch) {
        if (launch == ClusterConfig.Launch.NONE) {
            String user = System.getProperty("user.name", "").toLowerCase(Locale.ROOT);
            return "goaway-" + user.replaceAll("[^a-z0-9._-]", "-");
        }
        String kind = launch == ClusterConfig.Launch.SSH ? "ssh-" : "local-";
        return kind + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    static int localServers() {
        return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }
}

package org.goaway;

import java.util.List;
import java.util.Map;

/** Which ways for members to talk go with which ways to find each other. */
final class StackChecks {

    private StackChecks() {}

    static void check(Map<ConfigKey, Object> set) {
        Object discovery = set.get(ConfigKey.DISCOVERY);
        boolean routers = set.get(ConfigKey.ROUTER) instanceof List<?> list && !list.isEmpty();
        if ("tunnel".equals(set.get(ConfigKey.STACK))) {
            needs(ConfigKey.STACK, "stack: tunnel", "launch: none", "none".equals(set.get(ConfigKey.LAUNCH)));
            needs(ConfigKey.STACK, "stack: tunnel", "router: [host:port], where 'goaway router' runs", routers);
            if (discovery != null && !"gossip-router".equals(discovery)) {
                throw ConfigKey.DISCOVERY.refuse(
                        discovery, "does not go with stack: tunnel, whose members meet at the router; leave it out");
            }
        } else {
            needs(ConfigKey.DISCOVERY, "discovery: gossip-router", "stack: tunnel", !"gossip-router".equals(discovery));
            needs(ConfigKey.ROUTER, "router", "stack: tunnel", !routers);
        }
    }

    private static void needs(ConfigKey key, String what, String other, boolean there) {
        if (!there) {
            throw new ConfigException(key.text(), what + " needs " + other);
        }
    }
}

package org.goaway;

import java.util.List;
import java.util.Map;
import org.goaway.ClusterConfig.Discovery;
import org.goaway.ClusterConfig.Stack;

/** Which ways for members to talk there are, and what goes with each. */
final class StackChecks {

    private StackChecks() {}

    static Stack stack(String text) {
        return switch (text) {
            case "tcp" -> Stack.TCP;
            case "udp" -> Stack.UDP;
            case "tunnel" -> Stack.TUNNEL;
            default -> throw ConfigKey.STACK.refuse(text);
        };
    }

    /** How members of a stack find each other unless they are told otherwise. */
    static Discovery usualDiscovery(Stack stack) {
        return switch (stack) {
            case TCP -> Discovery.SERVERS;
            case UDP -> Discovery.MULTICAST;
            case TUNNEL -> Discovery.GOSSIP_ROUTER;
        };
    }

    static void check(Map<ConfigKey, Object> set) {
        boolean udp = "udp".equals(set.get(ConfigKey.STACK));
        boolean tunnel = "tunnel".equals(set.get(ConfigKey.STACK));
        Object discovery = set.get(ConfigKey.DISCOVERY);
        boolean routers = set.get(ConfigKey.ROUTER) instanceof List<?> list && !list.isEmpty();
        boolean insecure = Boolean.TRUE.equals(set.get(ConfigKey.INSECURE));
        if (udp || tunnel) {
            Object stack = set.get(ConfigKey.STACK);
            needs(ConfigKey.STACK, "stack: " + stack, "launch: none", "none".equals(set.get(ConfigKey.LAUNCH)));
        }
        if (tunnel) {
            needs(ConfigKey.STACK, "stack: tunnel", "router: [host:port], where 'goaway router' runs", routers);
            finds(discovery, "gossip-router", "stack: tunnel, whose members meet at the router");
        } else {
            needs(ConfigKey.DISCOVERY, "discovery: gossip-router", "stack: tunnel", !"gossip-router".equals(discovery));
            needs(ConfigKey.ROUTER, "router", "stack: tunnel", !routers);
        }
        if (udp) {
            checkUdp(set, insecure);
            finds(discovery, "multicast", "stack: udp, whose members find each other by multicast");
        } else if (insecure) {
            throw ConfigKey.INSECURE.refuse(true, "is for stack: udp only, and this one is protected; leave it out");
        }
    }

    private static void checkUdp(Map<ConfigKey, Object> set, boolean insecure) {
        if (!insecure) {
            throw ConfigKey.STACK.refuse(
                    "udp",
                    "is not protected: whoever is on the network can join, listen in and run code on all members; use tcp,"
                            + " or set insecure: true if you trust all machines there");
        }
        if (set.containsKey(ConfigKey.KEY_FILE)) {
            throw ConfigKey.KEY_FILE.refuse(
                    set.get(ConfigKey.KEY_FILE), "protects nothing with stack: udp; leave it out, or use stack: tcp");
        }
    }

    private static void finds(Object discovery, String usual, String what) {
        if (discovery != null && !usual.equals(discovery)) {
            throw ConfigKey.DISCOVERY.refuse(discovery, "does not go with " + what + "; leave it out");
        }
    }

    private static void needs(ConfigKey key, String what, String other, boolean there) {
        if (!there) {
            throw new ConfigException(key.text(), what + " needs " + other);
        }
    }
}

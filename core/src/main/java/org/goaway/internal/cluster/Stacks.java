package org.goaway.internal.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.goaway.internal.cluster.link.MemberSockets;
import org.jgroups.Global;
import org.jgroups.JChannel;
import org.jgroups.conf.ConfiguratorFactory;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.Util;

/** Makes unconnected JGroups channels from the stacks' XML and what differs from node to node. */
final class Stacks {

    /** How long the first member looks for others: it knows that there are none. */
    private static final long FOUNDER_LOOKS_MILLIS = 1;

    /**
     * From here on so many ports are for searches, and others for the messages of stack UDP: below those that systems give to
     * any socket that asks for none, which begin at 32768 on Linux.
     */
    private static final int SEARCH_PORTS = 30_000;

    private static final int UDP_PORTS = 28_000;
    private static final int PORTS = 2_000;

    /** What groups of IPv6 have that nobody assigns (RFC 3307). */
    private static final int OWN_GROUP = 0x8000;

    private Stacks() {}

    /** Switches off Java serialization in JGroups and takes its logs; has to come before its classes are loaded. */
    static void prepare() {
        GroupLog.install();
        // JGroups looks at the machine's interfaces once in a process's life; they come and go.
        Util.resetCachedAddresses(true, true);
        if (System.getProperty(Global.DESERIALIZATION_FILTER) == null) {
            System.setProperty(Global.DESERIALIZATION_FILTER, "!*");
        }
    }

    /** A channel whose address is new with each call. */
    static JChannel channel(ChannelConfig config) throws Exception {
        prepare();
        ProtocolStackConfigurator stack = read(config.stack());
        for (ProtocolConfiguration protocol : stack.getProtocolStack()) {
            adapt(protocol, config);
        }
        JChannel channel = new JChannel(stack).name(config.name());
        sockets(config)
                .ifPresent(sockets -> channel.getProtocolStack().getTransport().setSocketFactory(sockets));
        KnownHosts discovery = channel.getProtocolStack().findProtocol(KnownHosts.class);
        if (discovery != null) {
            discovery.hosts(config.entry().hosts());
        }
        if (config.entry().first()) {
            GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
            membership.setJoinTimeout(FOUNDER_LOOKS_MILLIS);
        }
        return channel;
    }

    /** What keeps strangers out, where anything does: a router serves groups of all names, and datagrams cannot be kept out. */
    private static Optional<MemberSockets> sockets(ChannelConfig config) {
        if (config.secrets().isPresent()) {
            return config.secrets().map(secrets -> MemberSockets.keyed(secrets.tls(), secrets.sealing()));
        }
        return switch (config.stack()) {
            case LOCAL, MULTICAST, SERVERS -> Optional.of(MemberSockets.named(config.cluster()));
            case IN_PROCESS, TUNNEL, UDP -> Optional.empty();
        };
    }

    private static ProtocolStackConfigurator read(Stack stack) throws Exception {
        try (InputStream xml = Stacks.class.getResourceAsStream(stack.resource())) {
            if (xml == null) {
                throw new IllegalStateException(
                        stack.resource() + " is not on the class path: add goaway-jgroups-config");
            }
            return ConfiguratorFactory.getStackConfigurator(xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void adapt(ProtocolConfiguration protocol, ChannelConfig config) {
        Map<String, String> properties = protocol.getProperties();
        InetSocketAddress bind = config.bind();
        String interfaceAddress = Host.text(bind.getAddress());
        switch (protocol.getProtocolName()) {
            case "org.goaway.internal.cluster.link.LinkTcp" -> {
                properties.put("bind_addr", interfaceAddress);
                properties.put("bind_port", Integer.toString(bind.getPort()));
            }
            case "org.goaway.internal.cluster.link.LinkTunnel" -> {
                properties.put("bind_addr", interfaceAddress);
                properties.put("gossip_router_hosts", routers(config));
            }
            case "org.goaway.internal.cluster.link.LinkMping" -> {
                properties.put("bind_addr", interfaceAddress);
                multicast(properties, config, SEARCH_PORTS);
            }
            case "UDP" -> {
                properties.put("bind_addr", interfaceAddress);
                properties.put("bind_port", Integer.toString(bind.getPort()));
                multicast(properties, config, UDP_PORTS);
            }
            default -> {}
        }
    }

    /** Clusters of other names listen elsewhere, most of the time; where they do not, the name itself decides. */
    private static void multicast(Map<String, String> properties, ChannelConfig config, int ports) {
        int hash = config.cluster().hashCode();
        properties.put("mcast_addr", group(config.bind().getAddress(), hash));
        properties.put("mcast_port", Integer.toString(port(config, ports)));
    }

    private static int port(ChannelConfig config, int ports) {
        return ports + (config.cluster().hashCode() >>> 16) % PORTS;
    }

    /** The UDP port at which all members of this cluster's name listen, where there is one. */
    static OptionalInt multicastPort(ChannelConfig config) {
        return switch (config.stack()) {
            case MULTICAST -> OptionalInt.of(port(config, SEARCH_PORTS));
            case UDP -> OptionalInt.of(port(config, UDP_PORTS));
            case LOCAL, IN_PROCESS, SERVERS, TUNNEL -> OptionalInt.empty();
        };
    }

    /** A group of a site, of the family that the member listens in; JGroups would take one of all sites for another family. */
    private static String group(InetAddress bind, int hash) {
        return bind instanceof Inet6Address
                ? "ff15::" + Integer.toHexString(OWN_GROUP | hash >>> 16) + ":" + Integer.toHexString(hash & 0xFFFF)
                : "239.255." + (hash >>> 8 & 0xFF) + "." + (hash & 0xFF);
    }

    /** As JGroups writes them. */
    private static String routers(ChannelConfig config) {
        return config.entry().hosts().stream()
                .map(router -> router.name() + "[" + router.port() + "]")
                .collect(Collectors.joining(","));
    }
}

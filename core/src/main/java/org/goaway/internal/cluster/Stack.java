package org.goaway.internal.cluster;

/** The JGroups stacks that GoAway brings (module jgroups-config). */
public enum Stack {
    /** TCP on one machine; joiners know the address of the first member. */
    LOCAL("local.xml"),
    /** All nodes in this JVM; no socket. */
    IN_PROCESS("in-process.xml"),
    /** TCP; members find each other by IP multicast. */
    MULTICAST("multicast.xml"),
    /** TCP; members know addresses at which others may be. */
    SERVERS("servers.xml"),
    /** TCP to a router, which passes on what members send to each other. */
    TUNNEL("tunnel.xml"),
    /** UDP with IP multicast; nothing protects it. */
    UDP("udp.xml");

    private final String resource;

    Stack(String resource) {
        this.resource = "/org/goaway/jgroups/" + resource;
    }

    String resource() {
        return resource;
    }
}

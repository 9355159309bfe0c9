package org.goaway.cli.doctor;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tries each interface that is up: multicast to itself and to doctors on other machines, and TCP with these. */
final class Network {

    private Network() {}

    static List<Finding> examine(int seconds) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        List<Probe> probes = new ArrayList<>();
        try {
            for (NetworkInterface on : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                open(on, probes, findings);
            }
            for (int half = 0; half < 2 * seconds; half++) {
                probes.forEach(Probe::send);
                TimeUnit.MILLISECONDS.sleep(500);
            }
            probes.forEach(probe -> findings.addAll(probe.findings()));
        } catch (SocketException e) {
            findings.add(Finding.bad("network", "cannot look at the interfaces: " + e, "look for a sandbox"));
        } finally {
            probes.forEach(Probe::close);
        }
        return findings;
    }

    private static void open(NetworkInterface on, List<Probe> probes, List<Finding> findings) throws SocketException {
        if (!on.isUp()) {
            return;
        }
        List<InetAddress> addresses = Collections.list(on.getInetAddresses()).stream()
                .filter(address -> !address.isLinkLocalAddress())
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .toList();
        if (addresses.isEmpty()) {
            return;
        }
        String what = "multicast " + on.getName();
        if (!on.supportsMulticast() && !on.isLoopback()) { // Linux does it on lo whatever its flags say
            findings.add(Finding.note(
                    what,
                    "the interface has it off",
                    "ip link set " + on.getName() + " multicast on, if members are to find each other there"));
            return;
        }
        try {
            probes.add(new Probe(on, addresses.get(0)));
        } catch (IOException e) {
            findings.add(Finding.bad(
                    what, "cannot listen: " + e.getMessage(), "look for a firewall or a sandbox on " + on.getName()));
        }
    }
}

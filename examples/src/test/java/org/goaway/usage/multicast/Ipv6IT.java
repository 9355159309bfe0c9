package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.goaway.usage.Lan.Family.IPV4;
import static org.goaway.usage.Lan.Family.IPV6;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.StrictCentralized;
import org.goaway.TaskOptions;
import org.goaway.Weak;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that have addresses of IPv6 only, and some that have both. */
@Tag("process")
@Tag("machines")
class Ipv6IT {

    @TempDir
    private Path folder;

    private String key;

    @BeforeEach
    void setUp() {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        key = folder.resolve("cluster.key").toString();
        Program.goaway("key", "new", key).ends().well();
    }

    private Path config(String... lines) throws IOException {
        return Files.writeString(folder.resolve("goaway.yaml"), """
                cluster: ipv6
                launch: none
                expect: 3
                key_file: %s
                %s
                """.formatted(key, String.join("\n", lines)));
    }

    private static Program node(Lan lan, int machine, Path config) {
        return Program.goawayIn(
                lan.machine(machine), "node", "--config", config.toString(), "--name", "node-" + machine);
    }

    private static Program main(Lan lan, Path config) {
        return Program.javaIn(lan.machine(1), ClassPath.ofTests(), Main.class.getName(), config.toString());
    }

    private static String in(Lan lan, Lan.Family family, int machine) {
        String address = lan.address(family, machine);
        return "node-" + machine + " (" + (family == IPV6 ? "[" + address + "]" : address) + ":";
    }

    private void runs(Lan lan, Lan.Family family, Path config) {
        try (Program one = node(lan, 2, config);
                Program other = node(lan, 3, config)) {
            one.prints(in(lan, family, 2));
            other.prints(in(lan, family, 3));
            try (Program main = main(lan, config)) {
                assertThat(main.ends().well().lines())
                        .contains(
                                "strict 3",
                                "weak [3, 3, 3]",
                                "node-2 at " + lan.address(family, 2),
                                "node-3 at " + lan.address(family, 3));
            }
            one.isStopped();
            other.isStopped();
        }
    }

    @Test
    void shouldFindEachOtherByMulticast() throws IOException {
        try (Lan lan = Lan.of(3, IPV6)) {
            runs(lan, IPV6, config("discovery: multicast"));
        }
    }

    @Test
    void shouldFindEachOtherByAList() throws IOException {
        try (Lan lan = Lan.of(3, IPV6)) {
            String list =
                    "'[" + lan.address(2) + "]:9060', '[" + lan.address(3) + "]:9061', '[" + lan.address(9) + "]'";
            runs(lan, IPV6, config("servers: [" + list + "]"));
        }
    }

    @Test
    void shouldTalkThroughARouter() throws IOException {
        try (Lan lan = Lan.of(3, IPV6);
                Program router = Program.goawayIn(lan.machine(1), "router", "--key-file", key)) {
            router.prints("router at [" + lan.address(1) + "]:12001");
            Path config = config("stack: tunnel", "router: ['[" + lan.address(1) + "]']");
            try (Program one = node(lan, 2, config);
                    Program other = node(lan, 3, config);
                    Program main = main(lan, config)) {
                assertThat(main.ends().well().lines()).contains("strict 3", "weak [3, 3, 3]");
                one.isStopped();
                other.isStopped();
            }
        }
    }

    /** Members that have both meet in the same one. */
    @Test
    void shouldListenInIpv4WhereThereAreBothUnlessToldOtherwise() throws IOException {
        try (Lan lan = Lan.of(3, IPV6, IPV4)) {
            runs(lan, IPV4, config("discovery: multicast"));
            runs(lan, IPV6, config("discovery: multicast", "bind: '" + lan.network(IPV6) + "'"));
        }
    }

    @Test
    void shouldShowMembersAsAListHasThem() throws IOException {
        try (Lan lan = Lan.of(1, IPV6);
                Program one = node(lan, 1, config("discovery: multicast"))) {
            one.prints("waits for a program");
            try (Program members = Program.goawayIn(lan.machine(1), "members", "--once")) {
                Ended ended = members.ends().well();
                assertThat(ended.lines()).anyMatch(line -> line.contains("  [" + lan.address(1) + "]:"));
            }
        }
    }

    @Test
    void shouldLetDoctorsFindEachOther() {
        // As in DoctorIT: the other one first and for longer.
        try (Lan lan = Lan.of(2, IPV6);
                Program other = Program.goawayIn(lan.machine(2), "doctor", "--seconds", "15")) {
            lan.awaitHearing(2, DoctorIT.PORT);
            try (Program one = Program.goawayIn(lan.machine(1), "doctor", "--seconds", "5")) {
                assertThat(one.ends().well().lines())
                        .anyMatch(line -> line.startsWith("OK    multicast eth0 ") && line.contains(lan.address(2)))
                        .anyMatch(line -> line.startsWith("OK    TCP " + lan.address(2))
                                && line.contains("and this machine from there"));
            }
            assertThat(other.ends().well().lines()).anyMatch(line -> line.startsWith("OK    TCP " + lan.address(1)));
        }
    }

    @Test
    void shouldLaunchServersWhereTheSpawnerListens() {
        try (Cluster cluster = Cluster.start(ClusterConfig.builder()
                .launch("local")
                .servers(2)
                .spawner("[::1]")
                .build())) {
            assertThat(cluster.members()).extracting(Member::host).containsOnly("::1");
        }
    }

    /** Each member adds to a strict field and sets one of its own in a weak object; then all are read everywhere. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            try (Cluster cluster = GoAway.init(args)) {
                List<Member> members = cluster.members();
                members.forEach(member -> cluster.run(on(member), Main::write).join());
                StrictCentralized strict = cluster.strictCentralized("strict");
                System.out.println("strict " + strict.get("sum"));
                System.out.println("weak "
                        + members.stream()
                                .map(member ->
                                        cluster.call(on(member), Main::seen).join())
                                .toList());
                members.forEach(member -> System.out.println(member.name() + " at " + member.host()));
            }
        }

        private static TaskOptions on(Member member) {
            return TaskOptions.builder().on(member).build();
        }

        private static void write() {
            GoAway.strictCentralized("strict").addAndGet("sum", 1L);
            Weak weak = GoAway.weak("weak");
            weak.set(GoAway.self().name(), 1L);
            weak.sync();
        }

        private static int seen() {
            return GoAway.weak("weak").fields().size();
        }
    }
}

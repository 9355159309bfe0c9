package org.goaway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the design for this module: which package may use which, and who may use which library. */
class PackageTableTest {

    private static final String ROOT = "org.goaway";
    private static final String API = "";

    /** What each package with its subpackages may use of GoAway; a star stands for all subpackages. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry(API, List.of()),
            entry("config", List.of(API)),
            entry("internal.wire", List.of(API, "protocol")),
            entry("internal.security", List.of(API)),
            entry("metrics", List.of()),
            entry("internal.cluster", List.of("protocol", "internal.wire", "metrics")),
            entry(
                    "internal.object",
                    List.of(API, "protocol", "protocol.*", "internal.wire", "metrics", "internal.metrics")),
            entry("internal.code", List.of(API, "protocol", "internal.wire", "metrics", "internal.metrics")),
            entry("internal.output", List.of(API, "protocol", "internal.wire")),
            entry(
                    "internal.task",
                    List.of(
                            API,
                            "protocol",
                            "protocol.task",
                            "internal.wire",
                            "internal.code",
                            "internal.output",
                            "metrics",
                            "internal.metrics")),
            entry("internal.launch", List.of(API, "config", "internal.security")),
            entry("internal.metrics", List.of(API, "metrics")),
            entry("micrometer", List.of(API, "internal.metrics")),
            entry("internal.node", List.of(API, "config", "metrics", "protocol", "protocol.*", "internal.*")),
            entry("cli", List.of(API, "config", "internal.node", "internal.output", "internal.security")));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/org/goaway/protocol/"))
            .importPackages(ROOT);

    @Test
    void shouldListEveryPackage() {
        List<String> unlisted = PRODUCTION.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !MAY_USE.containsKey(row(name)))
                .toList();

        assertThat(unlisted).isEmpty();
    }

    @Test
    void shouldUseOnlyWhatTheTableAllows() {
        List<String> violations = PRODUCTION.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> !isAllowed(
                        dependency.getOriginClass().getPackageName(),
                        dependency.getTargetClass().getBaseComponentType().getPackageName()))
                .map(dependency -> dependency.getDescription())
                .toList();

        assertThat(violations).isEmpty();
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PRODUCTION);
    }

    @ParameterizedTest
    @CsvSource({
        "io.protostuff.., internal.wire",
        "org.jgroups.., internal.cluster",
        "org.snakeyaml.., config",
        "picocli.., cli",
        "org.apache.sshd.., internal.launch.ssh",
        "org.slf4j.., internal.launch.ssh",
        "io.micrometer.., micrometer",
        "com.sun.net.httpserver.., internal.metrics",
    })
    void shouldUseEachLibraryInOnePackageOnly(String library, String owner) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + owner + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PRODUCTION);
    }

    /** Nobody else loads it, so who has no Micrometer never misses it. */
    @Test
    void shouldReferToMicrometersPackageNowhere() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".micrometer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".micrometer..")
                .check(PRODUCTION);
    }

    @ParameterizedTest
    @CsvSource({
        "org.goaway.config, org.goaway, true",
        "org.goaway, org.goaway.config, false",
        "org.goaway, java.util, true",
        "org.goaway.internal.wire.value, org.goaway.internal.wire, true",
        "org.goaway.internal.cluster, org.goaway.internal.wire.value, true",
        "org.goaway.internal.cluster, org.goaway.protocol, true",
        "org.goaway.internal.cluster, org.goaway.protocol.lock, false",
        "org.goaway.internal.object, org.goaway.protocol.lock, true",
        "org.goaway.internal.node, org.goaway.internal.task, true",
        "org.goaway.internal.task, org.goaway.internal.node, false",
    })
    void shouldReadTheTableAsItIsMeant(String from, String to, boolean allowed) {
        assertThat(isAllowed(from, to)).isEqualTo(allowed);
    }

    private static boolean isAllowed(String from, String to) {
        if (!to.equals(ROOT) && !to.startsWith(ROOT + ".")) {
            return true;
        }
        String target = row(to);
        return target.equals(row(from))
                || MAY_USE.getOrDefault(row(from), List.of()).stream()
                        .anyMatch(used -> used.endsWith(".*")
                                ? target.startsWith(used.substring(0, used.length() - 1))
                                : used.equals(target));
    }

    /** The table's name for a package: of the listed ones the one that it is in, or its own. */
    private static String row(String packageName) {
        String name = packageName.equals(ROOT) ? API : packageName.substring(ROOT.length() + 1);
        return Stream.concat(MAY_USE.keySet().stream(), Stream.of(name))
                .filter(row -> name.equals(row) || (!row.isEmpty() && name.startsWith(row + ".")))
                .findFirst()
                .orElseThrow();
    }
}

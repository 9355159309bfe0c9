package org.goaway.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the design for this module: which package may use which, and what a protocol must not touch. */
class PackageTableTest {

    private static final String ROOT = "org.goaway.protocol";

    /** What each package may use beside itself and the ports. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "diff", List.of(),
            "membership", List.of(),
            "strict", List.of(),
            "coordination", List.of(),
            "fastread", List.of(),
            "weak", List.of(),
            "lock", List.of(),
            "release", List.of("diff", "lock"),
            "task", List.of(),
            "spine", List.of("membership", "strict", "coordination"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void shouldListEveryPackage() {
        List<String> packages = PRODUCTION.getPackage(ROOT).getSubpackages().stream()
                .map(JavaPackage::getRelativeName)
                .toList();
        assertThat(MAY_USE.keySet()).containsAll(packages);
    }

    @Test
    void shouldUseOnlyWhatTheTableAllows() {
        MAY_USE.forEach((name, used) -> {
            String[] allowed = Stream.concat(Stream.of(ROOT, ROOT + "." + name, "java.."), others(used))
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(ROOT + "." + name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed)
                    .allowEmptyShould(true)
                    .check(PRODUCTION);
        });
    }

    @Test
    void shouldKeepThePortsFreeOfProtocols() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, "java..")
                .check(PRODUCTION);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void shouldUseNoThreadLockClockOrChance() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent.locks", "java.util.random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ExecutorService.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executors.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("a protocol is a function of messages and time, so that a seed replays exactly")
                .check(PRODUCTION);
    }

    private static Stream<String> others(List<String> names) {
        return names.stream().map(name -> ROOT + "." + name);
    }
}

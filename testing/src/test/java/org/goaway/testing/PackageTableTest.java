package org.goaway.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The design's table for this module: the API and {@code internal.node}. */
class PackageTableTest {

    @Test
    void shouldUseOnlyWhatTheTableAllows() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.goaway",
                        "org.goaway.testing",
                        "org.goaway.internal.node",
                        "java..",
                        "org.junit.jupiter.api..",
                        "org.junit.platform.commons.support..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.goaway.testing"));
    }
}

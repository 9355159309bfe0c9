package org.goaway.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.URL;
import org.junit.jupiter.api.Test;

class MemoryUrlTest {

    private final URL page = MemoryUrl.of("app/page.xml", 0, new byte[] {1});

    @Test
    void shouldOpenNoOtherFilesAddressMadeFromIt() throws Exception {
        URL sibling = new URL(page, "sibling.xml");

        assertThat(sibling.getFile()).isEqualTo("/app/sibling.xml");
        assertThatThrownBy(sibling::openStream)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContainingAll("/app/sibling.xml", "/app/page.xml");
        assertThatThrownBy(new URL(page, "//1/app/page.xml")::openStream).isInstanceOf(FileNotFoundException.class);
        try (InputStream same = new URL(page, "page.xml#part").openStream()) {
            assertThat(same.readAllBytes()).containsExactly(1);
        }
    }

    @Test
    void shouldOpenAFileWhoseNameAnAddressParts() throws Exception {
        try (InputStream sharp = MemoryUrl.of("icons/c#.png", 0, new byte[] {3}).openStream()) {
            assertThat(sharp.readAllBytes()).containsExactly(3);
        }
    }

    @Test
    void shouldTellFilesOfTheSamePathApart() {
        assertThat(page)
                .isNotEqualTo(MemoryUrl.of("app/page.xml", 1, new byte[] {2}))
                .isEqualTo(MemoryUrl.of("app/page.xml", 0, new byte[] {1}))
                .hasToString("goaway://0/app/page.xml");
    }
}

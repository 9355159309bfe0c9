package org.goaway.usage.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.goaway.usage.ClassPath;

/** The code blocks of the project's README. */
final class Readme {

    private Readme() {}

    /** The one block in this language that contains this. */
    static String block(String language, String part) {
        Pattern blocks = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        try {
            String text = Files.readString(ClassPath.project().resolve("README.md"));
            List<String> found = blocks.matcher(text)
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .filter(block -> block.contains(part))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

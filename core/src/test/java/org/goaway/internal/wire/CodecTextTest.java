package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.regex.Pattern;
import org.goaway.NotTransferableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns and addresses, which travel as their texts, mean the same where they arrive. */
class CodecTextTest {

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    private Pattern copy(Pattern pattern) {
        return (Pattern) codec.decode(codec.encode(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)ab",
                "(?im)(?s)ab",
                "(?-i)ab",
                "(?U)ab",
                "(?i:a)b",
                "(a(?i)b)c",
                "(a\\(?i)b",
                "a\\Q(?i)\\Eb",
                "a[(?i)]b",
                "(?x)a # (?i)\nb"
            })
    void shouldKeepFlagsOfTheTextAtItsStartOrInGroups(String text) {
        Pattern pattern = Pattern.compile(text);

        assertThat(copy(pattern).flags()).isEqualTo(pattern.flags());
        assertThat(copy(pattern).pattern()).isEqualTo(text);
    }

    @Test
    void shouldKeepTheMeaningOfFlagsOfAGroup() {
        Pattern copy = copy(Pattern.compile("(a(?i)b)c"));

        assertThat("aBc").matches(copy);
        assertThat("ABc").doesNotMatch(copy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a(?i)b",
                "(?m)a(?i)b",
                "a(?is)b",
                "a(?i)(?-i)(?i)b",
                "a(?U)b",
                "a(?u)b",
                "a(?x) b # c",
                "(?i)a(?-i)b",
                "(?U)a(?-U)b"
            })
    void shouldRefuseFlagsThatChangeLater(String text) {
        assertThatThrownBy(() -> codec.encode(Pattern.compile(text)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("cannot ship a java.util.regex.Pattern at: value; ")
                .hasMessageContaining("put the flags in front or in a group");
    }

    @Test
    void shouldTakeTheTextOfALiteralPatternForWhatItIs() {
        Pattern pattern = Pattern.compile("a(?i)b", Pattern.LITERAL);

        assertThat("a(?i)b").matches(copy(pattern));
    }

    @Test
    void shouldKeepAddressesThatAreNoUris() throws MalformedURLException {
        URL url = new URL("file:/a folder/{x}|y.txt");

        assertThat(((URL) codec.decode(codec.encode(url))).toExternalForm()).isEqualTo("file:/a folder/{x}|y.txt");
    }

    @Test
    void shouldRefuseTheAddressOfAFetchedFile() throws MalformedURLException {
        URL url = new URL("goaway", "0", -1, "/a", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL opened) {
                throw new AssertionError("not to be opened");
            }
        });

        assertThatThrownBy(() -> codec.encode(url))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("a file that was fetched to this member");
    }
}

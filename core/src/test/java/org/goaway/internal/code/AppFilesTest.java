package org.goaway.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.internal.cluster.link.Warnings;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a member does whose requests for files fail, or are refused. */
@Timeout(60)
class AppFilesTest {

    private static final CodeVersion VERSION = new CodeVersion(new MemberId(0, 1), 1);

    private static final CodeFile FILE = CodeFile.of("app/Main.class", new byte[] {1});

    private final List<FetchFiles> asked = new ArrayList<>();
    private final CodeCache cache = new CodeCache(1);

    private AppFiles files(Requests requests) {
        return new AppFiles(
                VERSION,
                "m1",
                (to, message, atMost) -> {
                    asked.add((FetchFiles) message);
                    return requests.request(to, message, atMost);
                },
                cache,
                new CodeFigures());
    }

    private static CompletableFuture<Message> done(CodeFile file) {
        return CompletableFuture.completedFuture(new FetchedFiles(List.of(file), true, null));
    }

    private static CompletableFuture<Message> notSent() {
        return CompletableFuture.failedFuture(new IllegalStateException("not sent"));
    }

    @Test
    void shouldAskAgainWhereNothingCouldBeSent() throws Exception {
        AppFiles files = files((to, message, atMost) -> asked.size() <= 2 ? notSent() : done(FILE));

        assertThat(files.takeClass(FILE.path())).containsExactly(1);
        assertThat(asked).hasSize(3);
    }

    @Test
    void shouldGiveOneRequestAllTheTimeThereIs() throws Exception {
        List<Duration> limits = new ArrayList<>();
        AppFiles files = files((to, message, atMost) -> {
            limits.add(atMost);
            return done(FILE);
        });

        files.takeClass(FILE.path());

        assertThat(limits).containsExactly(AppFiles.LIMIT);
    }

    @Test
    void shouldAskNoMoreOnceItsProgramHasEnded() {
        List<AppFiles> files = new ArrayList<>();
        files.add(files((to, message, atMost) -> {
            if (asked.size() == 3) {
                files.get(0).close("m1 left");
            }
            return notSent();
        }));

        assertThatThrownBy(() -> files.get(0).takeClass(FILE.path()))
                .isInstanceOf(MissingClassException.class)
                .hasMessageContainingAll(FILE.path(), "m1 left");
        assertThat(asked).hasSize(3);
    }

    @Test
    void shouldKeepAnInterruptForTheThreadsOwnCode() throws Exception {
        AppFiles files = files((to, message, atMost) -> asked.size() == 1 ? notSent() : done(FILE));
        Thread.currentThread().interrupt();

        assertThat(files.takeClass(FILE.path())).containsExactly(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldAskForAContentThatWasKnownAndIsDroppedMeanwhile() throws Exception {
        cache.put(FILE);
        AppFiles files = files((to, message, atMost) -> {
            cache.put(CodeFile.of("app/Other.class", new byte[] {2}));
            return asked.size() == 1 ? done(FILE.named()) : done(FILE);
        });

        assertThat(files.takeClass(FILE.path())).containsExactly(1);
        assertThat(asked).extracting(FetchFiles::known).containsExactly(Set.of(FILE.fingerprint()), Set.of());
    }

    @Test
    void shouldTellWhyAResourceIsRefused() throws Exception {
        AppFiles files = files((to, message, atMost) ->
                CompletableFuture.completedFuture(new FetchedFiles(List.of(), false, "it is larger than 64 MB")));
        ClassLoader loader = new AppLoader(VERSION, "m1", files, getClass().getClassLoader(), new JavaClasses());

        assertThatThrownBy(() -> loader.getResources("app/large.bin"))
                .isInstanceOf(IOException.class)
                .hasMessage("it is larger than 64 MB");
        try (Warnings warnings = new Warnings(AppLoader.class)) {
            assertThat(loader.getResource("app/large.bin")).isNull();
            assertThat(loader.getResourceAsStream("app/large.bin")).isNull();
            assertThat(warnings.next(Duration.ZERO)).contains("it is larger than 64 MB");
            assertThat(warnings.next(Duration.ZERO)).isNull();
        }
    }
}

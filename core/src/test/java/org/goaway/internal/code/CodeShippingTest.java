package org.goaway.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.goaway.ClusterClosedException;
import org.goaway.GoAway;
import org.goaway.GoAwayException;
import org.goaway.RemoteCallable;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One origin and two servers; the servers have nothing of the program. */
class CodeShippingTest {

    private static final MemberId ORIGIN = new MemberId(0, 1);
    private static final MemberId SERVER = new MemberId(0, 2);
    private static final MemberId OTHER = new MemberId(0, 3);

    private final AtomicInteger requests = new AtomicInteger();
    private final List<FetchedFiles> answers = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor loop = startedLoop();
    private final Applications origin = node(ORIGIN);
    private final Applications server = node(SERVER);
    private final Applications other = node(OTHER);

    private Applications node(MemberId self) {
        return new Applications(
                self,
                (to, message, atMost) -> ask(self, message),
                loader -> new Codec(loader, null),
                new CodeCache(1 << 20),
                member -> "m" + member.low(),
                List.of());
    }

    private CompletableFuture<Message> ask(MemberId from, Message message) {
        requests.incrementAndGet();
        CompletableFuture<Message> result = new CompletableFuture<>();
        loop.execute(() -> {
            CompletableFuture<Void> unused = origin.onFetchFiles(from, (FetchFiles) message)
                    .thenAccept(answer -> {
                        answers.add(answer);
                        result.complete(answer);
                    });
        });
        return result;
    }

    /** Started by no thread of a program: a thread keeps the classes of those who start it. */
    private static ThreadPoolExecutor startedLoop() {
        ThreadPoolExecutor loop = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        loop.prestartAllCoreThreads();
        return loop;
    }

    @AfterEach
    void close() {
        origin.close();
        server.close();
        other.close();
        loop.shutdownNow();
    }

    private static Program program() {
        return new Program()
                .with("app.Main", """
                        package app;
                        public class Main {
                            static int calls;
                            public static String run() throws Exception {
                                calls++;
                                String text;
                                try (var in = Main.class.getResourceAsStream("/app/text.txt")) {
                                    text = new String(in.readAllBytes());
                                }
                                StringBuilder services = new StringBuilder();
                                java.util.ServiceLoader.load(Greeting.class, Main.class.getClassLoader())
                                        .forEach(service -> services.append(service.text()));
                                return text + services + new Part(calls).value();
                            }
                        }
                        """)
                .with("app.Part", "package app; record Part(int value) {}")
                .with("app.Greeting", "package app; public interface Greeting { String text(); }")
                .with(
                        "app.Hello",
                        "package app; public class Hello implements Greeting { public String text() { return \"hello\"; } }")
                .withFile("app/text.txt", "text ")
                .withFile("META-INF/services/app.Greeting", "app.Hello\n")
                .compile();
    }

    /** All that it names is shipped with it. */
    private static final class Lambdas {
        static RemoteCallable<Integer> adding(int captured) {
            return () -> captured + 1;
        }

        static RemoteCallable<Integer> nothingCaptured() {
            return () -> 7;
        }
    }

    @Test
    void shouldNameALambdaByANumberAndAskOnceWhatItIs() throws Exception {
        Application here = origin.of(getClass().getClassLoader());
        Application there = server.of(here.version());
        byte[] first = here.encodeWork(new Object[] {Lambdas.adding(1)});
        byte[] second = here.encodeWork(new Object[] {Lambdas.adding(2)});

        assertThat(((RemoteCallable<?>) there.decodeWork(second)[0]).call()).isEqualTo(3);
        int asked = requests.get();
        assertThat(((RemoteCallable<?>) there.decodeWork(first)[0]).call()).isEqualTo(2);

        assertThat(requests).hasValue(asked);
        assertThat(first).hasSize(second.length).hasSizeLessThan(40);
        assertThat(((RemoteCallable<?>) here.decodeWork(first)[0]).call()).isEqualTo(2);
    }

    @Test
    void shouldTellLambdasApartThatCaptureNothing() throws Exception {
        Application here = origin.of(getClass().getClassLoader());
        Application there = server.of(here.version());
        RemoteCallable<Integer> lambda = Lambdas.nothingCaptured();
        byte[] both = here.encodeWork(new Object[] {lambda, Lambdas.adding(1), lambda});

        Object[] read = there.decodeWork(both);

        assertThat(((RemoteCallable<?>) read[0]).call()).isEqualTo(7);
        assertThat(((RemoteCallable<?>) read[1]).call()).isEqualTo(2);
        assertThat(read[2]).isSameAs(read[0]);
        assertThat(there.decodeWork(both)[0]).isSameAs(read[0]);
    }

    @Test
    void shouldFetchALambdaWithTheClassesItNeedsInOneRoundTrip() throws Exception {
        Application here = origin.of(getClass().getClassLoader());
        Application there = server.of(here.version());
        Object[] read = there.decodeWork(here.encodeWork(new Object[] {Lambdas.nothingCaptured()}));

        assertThat(((RemoteCallable<?>) read[0]).call()).isEqualTo(7);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldSayWhichLambdaCannotBeHad() {
        Application here = origin.of(getClass().getClassLoader());
        byte[] work = here.encodeWork(new Object[] {Lambdas.nothingCaptured()});
        Application there = server.of(here.version());
        origin.close(here.version());

        assertThatThrownBy(() -> there.decodeWork(work)).hasMessageContaining("lambda 0 of " + here.version());
    }

    @Test
    void shouldSendWholeLambdasFromAMemberThatDidNotStartTheProgram() throws Exception {
        Application here = origin.of(getClass().getClassLoader());
        Application there = server.of(here.version());
        Object[] read = there.decodeWork(here.encodeWork(new Object[] {Lambdas.adding(4)}));

        byte[] onward = there.encodeWork(read);

        assertThat(((RemoteCallable<?>) here.decodeWork(onward)[0]).call()).isEqualTo(5);
        assertThat(((RemoteCallable<?>) other.of(here.version()).decodeWork(onward)[0]).call())
                .isEqualTo(5);
    }

    @Test
    void shouldGiveEachProgramItsOwnCopyOfTheLogBackendAndNoOther() throws Exception {
        Application application = server.of(origin.of(program().inMemory()).version());
        String services = "META-INF/services/org.apache.logging.log4j.spi.Provider";

        var found = java.util.Collections.list(application.loader().getResources(services));
        assertThat(found).hasSize(1);
        String name;
        try (var in = found.get(0).openStream()) {
            name = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Class<?> backend = application.loader().loadClass(name);

        assertThat(backend.getClassLoader()).isSameAs(application.loader());
        assertThat(backend.getSuperclass().getName()).isEqualTo("org.apache.logging.log4j.spi.Provider");
        assertThat(backend.getSuperclass().getClassLoader()).isSameAs(application.loader());
        assertThat(backend.getConstructor().newInstance()).isNotNull();
    }

    private static Object run(Application application, String type) throws ReflectiveOperationException {
        return application.loader().loadClass(type).getMethod("run").invoke(null);
    }

    private Application shipped(ClassLoader loader) {
        return server.of(origin.of(loader).version());
    }

    @Test
    void shouldRunProgramOfLoaderThatHasItsClassesInMemoryOnly() throws Exception {
        assertThat(run(shipped(program().inMemory()), "app.Main")).isEqualTo("text hello1");
    }

    @Test
    void shouldRunProgramOfClassFolders(@TempDir Path folder) throws Exception {
        assertThat(run(shipped(program().inFolder(folder)), "app.Main")).isEqualTo("text hello1");
    }

    @Test
    void shouldRunProgramOfJar(@TempDir Path folder) throws Exception {
        assertThat(run(shipped(program().inJar(folder.resolve("app.jar"))), "app.Main"))
                .isEqualTo("text hello1");
    }

    @Test
    void shouldFindClassesOfFilepaths(@TempDir Path folder) throws Exception {
        program().inJar(folder.resolve("app.jar"));
        try (Applications withPaths = new Applications(
                ORIGIN,
                (to, message, atMost) -> new CompletableFuture<>(),
                loader -> new Codec(loader, null),
                new CodeCache(0),
                MemberId::toString,
                List.of(folder.resolve("app.jar")))) {
            CodeVersion version = withPaths.of(getClass().getClassLoader()).version();
            FetchedFiles answer = withPaths
                    .onFetchFiles(SERVER, new FetchFiles(version.number(), "app/Part.class", java.util.Set.of()))
                    .get();

            assertThat(answer.found()).isTrue();
        }
    }

    @Test
    void shouldNotShareStaticsBetweenPrograms() throws Exception {
        Program program = program();
        Application first = shipped(program.inMemory());
        Application second = shipped(program.inMemory());

        assertThat(run(first, "app.Main")).isEqualTo("text hello1");
        assertThat(run(first, "app.Main")).isEqualTo("text hello2");
        assertThat(run(second, "app.Main")).isEqualTo("text hello1");
    }

    @Test
    void shouldBringClassesThatClassNamesInSameAnswer() throws Exception {
        Application application = shipped(program().inMemory());

        application.loader().loadClass("app.Main");
        int afterFirst = requests.get();
        application.loader().loadClass("app.Part");

        assertThat(afterFirst).isEqualTo(1);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldBringWhatOthersAskedForWithFirstAnswer() throws Exception {
        ClassLoader loader = new Program()
                .with("app.One", "package app; public class One {}")
                .with("app.Two", "package app; public class Two {}")
                .compile()
                .inMemory();
        Application application = shipped(loader);
        application.loader().loadClass("app.One");
        application.loader().loadClass("app.Two");
        requests.set(0);

        ClassLoader later = other.of(application.version()).loader();
        later.loadClass("app.Two");
        later.loadClass("app.One");

        assertThat(requests).hasValue(1);
    }

    /** Classes that no class names, so that the first member has to ask for each: what counts for time are the round trips. */
    @Test
    void shouldBringEightyClassesToTheSecondMemberInAThirdOfTheRoundTrips() throws Exception {
        Program program = new Program();
        for (int i = 0; i < 80; i++) {
            program.with("app.C" + i, "package app; public class C" + i + " {}");
        }
        Application first = shipped(program.compile().inMemory());
        for (int i = 0; i < 80; i++) {
            first.loader().loadClass("app.C" + i);
        }
        int ofFirst = requests.getAndSet(0);
        ClassLoader second = other.of(first.version()).loader();
        for (int i = 79; i >= 0; i--) {
            second.loadClass("app.C" + i);
        }

        assertThat(ofFirst).isEqualTo(80);
        assertThat(requests.get()).isLessThanOrEqualTo(ofFirst / 3).isEqualTo(1);
    }

    @Test
    void shouldSendContentsOfEarlierRunNoMore() throws Exception {
        Program program = program();
        run(shipped(program.inMemory()), "app.Main");
        answers.clear();

        run(shipped(program.inMemory()), "app.Main");

        assertThat(answers.stream().flatMap(answer -> answer.files().stream()))
                .isNotEmpty()
                .allMatch(file -> file.bytes() == null);
    }

    @Test
    void shouldSayWhichClassIsMissingAndWhatToDo() {
        Application application = shipped(program().inMemory());

        assertThatThrownBy(() -> application.loader().loadClass("app.Absent"))
                .isInstanceOf(MissingClassException.class)
                .hasMessageContaining("app.Absent")
                .hasMessageContaining("m1")
                .hasMessageContaining("class path");
    }

    @Test
    void shouldNameBothVersionsOfTooNewClassFile() {
        Program program = program();
        byte[] newer = program.file("app/Part.class").clone();
        newer[7] = (byte) (Runtime.version().feature() + 44 + 1);
        program.withFile("app/Part.class", newer);
        Application application = shipped(program.inMemory());

        assertThatThrownBy(() -> application.loader().loadClass("app.Part"))
                .isInstanceOf(UnsupportedClassVersionError.class)
                .hasMessageContaining("Java " + (Runtime.version().feature() + 1))
                .hasMessageContaining("Java " + Runtime.version().feature());
    }

    @Test
    void shouldTakeGoAwaysOwnClassesFromNodeAndOthersFromOrigin() throws Exception {
        Application application = shipped(new Program()
                .with("org.goaway.examples.Mine", "package org.goaway.examples; public class Mine {}")
                .compile()
                .withFile("org/goaway/GoAway.class", new byte[] {1, 2, 3})
                .inMemory());

        assertThat(application.loader().loadClass("org.goaway.GoAway")).isSameAs(GoAway.class);
        assertThat(application.loader().loadClass("org.goaway.internal.code.CodeVersion"))
                .isSameAs(CodeVersion.class);
        assertThat(application.loader().loadClass("org.goaway.examples.Mine").getClassLoader())
                .isSameAs(application.loader());
        assertThat(application.loader().getResource("META-INF/services/org.goaway.ClusterProvider"))
                .isNull();
    }

    @Test
    void shouldSayThatGoAwaysPackagesAreNotForPrograms() throws Exception {
        Application application = shipped(new Program()
                .with("org.goaway.Mine", "package org.goaway; public class Mine {}")
                .compile()
                .inMemory());

        assertThatThrownBy(() -> application.loader().loadClass("org.goaway.Mine"))
                .isInstanceOf(MissingClassException.class)
                .hasMessageContainingAll("org.goaway.Mine", "rename the package");
    }

    @Test
    void shouldTakeOtherLibrariesFromOriginEvenIfNodeHasThem() throws Exception {
        Application application = shipped(getClass().getClassLoader());

        assertThat(application.loader().loadClass("org.assertj.core.api.Assertions"))
                .isNotSameAs(org.assertj.core.api.Assertions.class);
    }

    @Test
    void shouldTakeCompilersClassesFromJava() throws Exception {
        Application application = shipped(program().inMemory());

        assertThat(application.loader().loadClass("com.sun.source.tree.Tree")).isSameAs(com.sun.source.tree.Tree.class);
        assertThat(requests).hasValue(0);
    }

    @Test
    void shouldFindOriginAgainFromLoaderOfServer() {
        Application application = shipped(program().inMemory());

        assertThat(server.of(application.loader())).isSameAs(application);
    }

    @Test
    void shouldEndFetchAtOnceWhenOriginLeaves() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (Applications waiting = new Applications(
                SERVER,
                (to, message, atMost) -> {
                    asked.complete(null);
                    return new CompletableFuture<>();
                },
                loader -> new Codec(loader, null),
                new CodeCache(0),
                member -> "m" + member.low(),
                List.of())) {
            CodeVersion version = new CodeVersion(ORIGIN, 1);
            Application application = waiting.of(version);
            ClassLoader loader = application.loader();
            FutureTask<Class<?>> load = new FutureTask<>(() -> loader.loadClass("app.Main"));
            Thread loading = new Thread(load, "test-load");
            assertThat(application.waiting(loading)).isNull();
            loading.start();
            asked.get();
            assertThat(application.waiting(loading)).contains("app/Main.class", "fetched from m1");

            waiting.onGone(ORIGIN);

            assertThatThrownBy(load::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(MissingClassException.class)
                    .hasMessageContaining("m1 left");
            assertThatThrownBy(() -> waiting.of(version)).isInstanceOf(GoAwayException.class);
            waiting.onBack(ORIGIN);
            assertThat(waiting.of(version).loader()).isNotSameAs(loader);
        }
    }

    /** Members number their programs alike. */
    @Test
    void shouldServeItsOwnProgramWhenThatOfAnotherMemberEnds() throws Exception {
        CodeVersion own = server.of(program().inMemory()).version();
        CodeVersion others = shipped(program().inMemory()).version();
        assertThat(own.number()).isEqualTo(others.number());
        FetchFiles request = new FetchFiles(own.number(), "app/Part.class", java.util.Set.of());

        server.onGone(ORIGIN);

        assertThat(server.onFetchFiles(OTHER, request).get().found()).isTrue();
        server.close(own);
        assertThat(server.onFetchFiles(OTHER, request).get().refusal()).contains("no program 1 any more");
    }

    @Test
    void shouldKeepNothingOfProgramThatHasEnded() throws Exception {
        assertThat(isCollected(runAndEnd())).isTrue();
    }

    /** A thread of it may go on, and ask for what it had. */
    @Test
    void shouldNotTakeInProgramAgainThatHasEnded() throws Exception {
        assertThat(isCollected(endAndAskAgain())).isTrue();
    }

    private static boolean isCollected(WeakReference<?> object) {
        for (int i = 0; i < 100 && object.get() != null; i++) {
            System.gc();
        }
        return object.get() == null;
    }

    private WeakReference<ClassLoader> endAndAskAgain() throws ReflectiveOperationException {
        Application application = shipped(program().inMemory());
        run(application, "app.Main");
        server.onGone(ORIGIN);
        assertThatThrownBy(() -> server.of(application.loader()))
                .isInstanceOf(ClusterClosedException.class)
                .hasMessageContaining("has ended here");
        return new WeakReference<>(application.loader());
    }

    private WeakReference<ClassLoader> runAndEnd() throws ReflectiveOperationException {
        Application application = shipped(program().inMemory());
        run(application, "app.Main");
        server.close(application.version());
        return new WeakReference<>(application.loader());
    }

    @Test
    void shouldHandOutResourcesWithAllTheirContents() throws IOException {
        Application application = shipped(program().inMemory());

        var urls = java.util.Collections.list(application.loader().getResources("app/text.txt"));

        assertThat(urls).hasSize(1);
        try (var in = urls.get(0).openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("text ");
        }
        assertThat(application.loader().getResource("app/none.txt")).isNull();
    }
}

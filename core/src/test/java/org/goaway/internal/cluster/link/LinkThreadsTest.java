package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jgroups.util.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that a program's thread makes, from the program's code. */
class LinkThreadsTest {

    private static final InheritableThreadLocal<Object> OF_PROGRAM = new InheritableThreadLocal<>();

    private final CountDownLatch over = new CountDownLatch(1);

    /** Code of the program. */
    public static final class Program implements Function<Supplier<Thread>, Thread> {
        @Override
        public Thread apply(Supplier<Thread> make) {
            return make.get();
        }
    }

    private static final class ProgramLoader extends ClassLoader {
        ProgramLoader() {
            super(LinkThreadsTest.class.getClassLoader());
        }

        @SuppressWarnings("unchecked") // it is what it is loaded from
        Function<Supplier<Thread>, Thread> program() throws IOException, ReflectiveOperationException {
            String name = Program.class.getName();
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return (Function<Supplier<Thread>, Thread>) defineClass(name, bytes, 0, bytes.length)
                        .getConstructor()
                        .newInstance();
            }
        }
    }

    @AfterEach
    void end() {
        over.countDown();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a thread that {@code make} has made for a program; what is returned leads to the program. */
    private static WeakReference<ClassLoader> start(Supplier<Thread> make) throws Exception {
        ProgramLoader loader = new ProgramLoader();
        Function<Supplier<Thread>, Thread> program = loader.program();
        Thread task = new Thread(() -> {
            OF_PROGRAM.set(loader);
            program.apply(make).start();
        });
        task.setContextClassLoader(loader);
        task.start();
        task.join();
        return new WeakReference<>(loader);
    }

    private static boolean isKept(WeakReference<ClassLoader> program) {
        for (int i = 0; i < 100 && program.get() != null; i++) {
            System.gc();
        }
        return program.get() != null;
    }

    @Test
    void shouldKeepNothingOfTheProgramForWhichALanesThreadIsMade() throws Exception {
        assertThat(isKept(start(() -> LinkThreads.daemon(this::await, "test")))).isFalse();
    }

    @Test
    void shouldKeepNothingOfTheProgramThatConnects() throws Exception {
        ThreadFactory threads = new LinkTcp().getThreadFactory();

        assertThat(isKept(start(() -> threads.newThread(this::await, "test")))).isFalse();
    }
}

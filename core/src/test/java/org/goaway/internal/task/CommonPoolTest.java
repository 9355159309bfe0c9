package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommonPoolTest {

    @Test
    void shouldNotWaitForOthersToFindTheProgramOfAClassThatItHasSeen() throws Exception {
        Scope found = CommonPool.of(CommonPoolTest.class);

        synchronized (CommonPool.BY_LOADER) {
            CompletableFuture<Scope> again = new CompletableFuture<>();
            Thread other = new Thread(() -> again.complete(CommonPool.of(CommonPoolTest.class)));
            other.setDaemon(true);
            other.start();

            assertThat(again.get(10, TimeUnit.SECONDS)).isSameAs(found);
        }
    }
}

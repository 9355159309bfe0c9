package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.Test;

class FamilyTest {

    private final Family family = new Family(null);

    private static ObjectId id(String name) {
        return new ObjectId(ObjectId.Kind.LOCK, name);
    }

    private LockHandle lock(String name) {
        return family.lock(id(name), id -> new LockHandle(id, null, null, null, null, null, null));
    }

    @Test
    void shouldKeepTheHandlesOfLocksOnlyWhileSomebodyHasThem() throws InterruptedException {
        LockHandle kept = lock("kept");
        for (int i = 0; i < 100; i++) {
            assertThat(lock("used once " + i)).isNotNull();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (family.locks() > 1) {
            assertThat(System.nanoTime() - end).isNegative();
            System.gc();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(lock("kept")).isSameAs(kept);
    }
}

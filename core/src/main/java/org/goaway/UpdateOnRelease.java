package org.goaway;

import java.time.Duration;

public interface UpdateOnRelease extends SharedObject {

    Held acquire();

    boolean tryAcquire(Duration atMost);

    void release();
}

package org.goaway.internal.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Steps of something that takes one caller at a time, taken by any thread. What a step leads to is done after it, outside of
 * the monitor, so effects of two steps may come in any order.
 */
final class Steps {

    private final List<Runnable> effects = new ArrayList<>();

    void take(Runnable step) {
        get(() -> {
            step.run();
            return null;
        });
    }

    <T> T get(Supplier<T> step) {
        T result;
        Runnable[] now;
        synchronized (this) {
            result = step.get();
            now = effects.toArray(Runnable[]::new);
            effects.clear();
        }
        run(now, 0);
        return result;
    }

    /** One that fails does not keep the others from being done. */
    private static void run(Runnable[] effects, int from) {
        int at = from;
        try {
            while (at < effects.length) {
                effects[at++].run();
            }
        } finally {
            if (at < effects.length) {
                run(effects, at);
            }
        }
    }

    /** To be called within a step: {@code effect} is done after it, by the thread that took it. */
    void after(Runnable effect) {
        effects.add(effect);
    }
}

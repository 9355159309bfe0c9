package org.goaway.benchmarks;

import java.time.Duration;
import java.util.List;

/** The processor time that processes take: on a busy machine it tells more than what a clock shows. */
record ProcessorTime(List<ProcessHandle> processes) {

    /** Microseconds so far, over all of them, to the system's grain (10 ms on Linux). */
    double micros() {
        long nanos = processes.stream()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toNanos)
                .sum();
        return nanos / 1e3;
    }
}

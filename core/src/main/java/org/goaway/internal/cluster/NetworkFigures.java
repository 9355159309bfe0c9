package org.goaway.internal.cluster;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.goaway.metrics.NetworkMXBean;

/** What is counted of a member's traffic. Any thread. */
final class NetworkFigures implements NetworkMXBean {

    private final LongSupplier queued;
    private final LongAdder multicasts = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder framesSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder framesReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();

    NetworkFigures(LongSupplier queued) {
        this.queued = queued;
    }

    void multicast() {
        multicasts.increment();
    }

    void message() {
        messages.increment();
    }

    void sent(int bytes) {
        framesSent.increment();
        bytesSent.add(bytes);
    }

    void received(int bytes) {
        framesReceived.increment();
        bytesReceived.add(bytes);
    }

    @Override
    public long getMulticasts() {
        return multicasts.sum();
    }

    @Override
    public long getMessagesSent() {
        return messages.sum();
    }

    @Override
    public long getFramesSent() {
        return framesSent.sum();
    }

    @Override
    public long getBytesSent() {
        return bytesSent.sum();
    }

    @Override
    public long getFramesReceived() {
        return framesReceived.sum();
    }

    @Override
    public long getBytesReceived() {
        return bytesReceived.sum();
    }

    @Override
    public long getBytesQueued() {
        return queued.getAsLong();
    }
}

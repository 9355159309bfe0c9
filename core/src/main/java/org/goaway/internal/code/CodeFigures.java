package org.goaway.internal.code;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.goaway.internal.metrics.Times;
import org.goaway.metrics.CodeMXBean;

/** What is counted of the files that a member fetches and serves. Any thread. */
final class CodeFigures implements CodeMXBean {

    private final Times fetches = new Times();
    private final Files fetched = new Files();
    private final Files served = new Files();

    /** A thread has waited since then for an answer, whatever came of it. */
    void waitedSince(long start) {
        fetches.addSince(start);
    }

    void fetched(List<CodeFile> files) {
        fetched.add(files);
    }

    void served(List<CodeFile> files) {
        served.add(files);
    }

    @Override
    public long getFetches() {
        return fetches.count();
    }

    @Override
    public double getFetchSeconds() {
        return fetches.seconds();
    }

    @Override
    public long getFilesFetched() {
        return fetched.number.sum();
    }

    @Override
    public long getBytesFetched() {
        return fetched.bytes.sum();
    }

    @Override
    public long getFilesServed() {
        return served.number.sum();
    }

    @Override
    public long getBytesServed() {
        return served.bytes.sum();
    }

    /** Files that travelled. */
    private static final class Files {
        private final LongAdder number = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        /** Those that were only named, since the other side has them, have not. */
        private void add(List<CodeFile> files) {
            for (CodeFile file : files) {
                if (file.bytes() != null) {
                    number.increment();
                    bytes.add(file.bytes().length);
                }
            }
        }
    }
}

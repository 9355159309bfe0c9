package org.goaway;

public interface Held extends AutoCloseable {

    long token();

    @Override
    void close();
}

package org.goaway;

import java.util.function.UnaryOperator;

public interface LinearizableObject extends SharedObject {

    <T> T update(String field, T initial, UnaryOperator<T> fn);

    boolean compareAndSet(String field, Object expected, Object next);

    long addAndGet(String field, long delta);
}

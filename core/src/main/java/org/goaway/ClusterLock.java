package org.goaway;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

public interface ClusterLock extends Lock {

    String name();

    Held hold();

    long token();

    boolean isHeldByCurrentThread();

    Condition condition(String name);
}

package org.goaway;

import java.util.concurrent.CompletableFuture;

public interface Weak extends SharedObject {

    void sync();

    CompletableFuture<Void> syncAsync();
}

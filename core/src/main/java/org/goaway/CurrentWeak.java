package org.goaway;

import java.util.concurrent.CompletableFuture;

/** The {@link Weak} of a name in whatever cluster is current at each call. */
final class CurrentWeak extends CurrentObject<Weak> implements Weak {

    CurrentWeak(String name) {
        super(name);
    }

    @Override
    Weak in(Cluster cluster) {
        return cluster.weak(name());
    }

    @Override
    public void sync() {
        bound().sync();
    }

    @Override
    public CompletableFuture<Void> syncAsync() {
        return bound().syncAsync();
    }
}

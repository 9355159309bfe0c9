package org.goaway;

import java.util.Objects;
import java.util.Optional;

/** The {@link StrictCentralized} of a name in whatever cluster is current at each call, perhaps guarded by a lock. */
final class CurrentStrictCentralized extends CurrentLinearizable<StrictCentralized> implements StrictCentralized {

    CurrentStrictCentralized(String name) {
        this(name, Optional.empty());
    }

    private CurrentStrictCentralized(String name, Optional<ClusterLock> guard) {
        super(name, guard);
    }

    @Override
    StrictCentralized plain(Cluster cluster) {
        return cluster.strictCentralized(name());
    }

    @Override
    StrictCentralized guarded(StrictCentralized plain, ClusterLock lock) {
        return plain.guardedBy(lock);
    }

    @Override
    public StrictCentralized guardedBy(ClusterLock lock) {
        return new CurrentStrictCentralized(name(), Optional.of(Objects.requireNonNull(lock, "lock")));
    }
}

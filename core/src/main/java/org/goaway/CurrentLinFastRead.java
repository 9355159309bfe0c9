package org.goaway;

import java.util.Objects;
import java.util.Optional;

/** The {@link LinFastRead} of a name in whatever cluster is current at each call, perhaps guarded by a lock. */
final class CurrentLinFastRead extends CurrentLinearizable<LinFastRead> implements LinFastRead {

    CurrentLinFastRead(String name) {
        this(name, Optional.empty());
    }

    private CurrentLinFastRead(String name, Optional<ClusterLock> guard) {
        super(name, guard);
    }

    @Override
    LinFastRead plain(Cluster cluster) {
        return cluster.linFastRead(name());
    }

    @Override
    LinFastRead guarded(LinFastRead plain, ClusterLock lock) {
        return plain.guardedBy(lock);
    }

    @Override
    public LinFastRead guardedBy(ClusterLock lock) {
        return new CurrentLinFastRead(name(), Optional.of(Objects.requireNonNull(lock, "lock")));
    }
}

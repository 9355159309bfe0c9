package org.goaway;

import java.util.Objects;
import java.util.Optional;

/** The {@link StrictCentralized} of a name in whatever cluster is current at each call, perhaps guarded by a lock. */
final class CurrentStrictCentralized extends CurrentLinearizable<StrictCentralized> implements StrictCentralized {

    private final Optional<ClusterLock> guard;

    CurrentStrictCentralized(String name) {
        this(name, Optional.empty());
    }

    private CurrentStrictCentralized(String name, Optional<ClusterLock> guard) {
        super(name);
        this.guard = guard;
    }

    @Override
    StrictCentralized bound() {
        StrictCentralized bound = GoAway.current().strictCentralized(name());
        return guard.map(bound::guardedBy).orElse(bound);
    }

    @Override
    public StrictCentralized guardedBy(ClusterLock lock) {
        return new CurrentStrictCentralized(name(), Optional.of(Objects.requireNonNull(lock, "lock")));
    }
}

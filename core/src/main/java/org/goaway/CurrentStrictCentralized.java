package org.goaway;

/** The {@link StrictCentralized} of a name in whatever cluster is current at each call. */
final class CurrentStrictCentralized extends CurrentLinearizable<StrictCentralized> implements StrictCentralized {

    CurrentStrictCentralized(String name) {
        super(name);
    }

    @Override
    StrictCentralized bound() {
        return GoAway.current().strictCentralized(name());
    }
}

package org.goaway;

/** The {@link LinFastRead} of a name in whatever cluster is current at each call. */
final class CurrentLinFastRead extends CurrentLinearizable<LinFastRead> implements LinFastRead {

    CurrentLinFastRead(String name) {
        super(name);
    }

    @Override
    LinFastRead bound() {
        return GoAway.current().linFastRead(name());
    }
}

package org.goaway.protocol.kit;

/** A protocol that is told when its member is out of the cluster. */
@FunctionalInterface
public interface DropListener {

    /** The register has gone on without this member; it keeps its epoch until it is in again. */
    void onDropped();
}

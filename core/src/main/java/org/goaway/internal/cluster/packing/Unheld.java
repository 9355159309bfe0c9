package org.goaway.internal.cluster.packing;

/**
 * An item that has come, but that the memory here cannot hold.
 *
 * @param kind the item's
 * @param id the item's
 * @param bytes the length of its payload
 */
public record Unheld(Item.Kind kind, long id, int bytes, OutOfMemoryError why) {}

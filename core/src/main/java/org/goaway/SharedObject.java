package org.goaway;

import java.util.Set;
import java.util.function.Consumer;

/**
 * An object of the whole cluster: a name, and fields that are there once they are set. Handles of the same kind and name
 * mean the same object on any member; objects of different kinds never meet, even under one name.
 *
 * <p>What a read may return and what a write promises is the kind's: {@link StrictCentralized}, {@link LinFastRead},
 * {@link Weak} or {@link UpdateOnRelease}.
 *
 * <p>Values travel: scalars, strings, arrays, collections, {@code java.time}, enums, records and the program's own classes.
 * A value that cannot is refused by {@link #set} with {@link NotTransferableException}. What {@code get} returns is a copy
 * that this member's readers share: it must not be changed, since nobody else would see it.
 *
 * <p>All methods throw {@link ClusterClosedException} without an open cluster, except {@link #name()}. Safe for any thread.
 * A handle may be captured by tasks and stored in fields; it then means the same object where it arrives.
 */
public interface SharedObject {

    /** The name that all members know it by; needs no cluster. */
    String name();

    /** The field's value; null if it was never set, or was removed. */
    Object get(String field);

    /**
     * The field's value as a {@code type}; null if it was never set, or was removed. A number is converted where it loses
     * nothing; collections match by interface.
     *
     * @throws WrongTypeException if the value is of another type
     */
    <T> T get(String field, Class<T> type);

    /**
     * The field's value as the type of {@code otherwise}, converted as {@link #get(String, Class)} does; {@code otherwise}
     * itself if the field was never set, or was removed.
     *
     * @throws WrongTypeException if the value is of another type
     */
    <T> T get(String field, T otherwise);

    /**
     * Sets the field.
     *
     * @param value null removes the field
     * @throws NotTransferableException if the value cannot travel; it names object, field, class and path; or if it takes
     *     more than 512 MiB, in {@link StrictCentralized} 16 MiB
     */
    void set(String field, Object value);

    /** Removes all fields; one write, with the promise that the kind gives to {@link #set}. */
    void clear();

    /** The names of the fields that are set; a copy. Not a snapshot of values: those may change before they are read. */
    Set<String> fields();

    /**
     * Calls {@code listener} with the field's value (null: removed) when it has changed, until the registration is closed.
     *
     * <p>For changes by any member, after they are seen here. The listener gets the latest value and may miss those in
     * between; it is not called for the value at registration. Calls are one at a time, on one thread of this node for all
     * listeners: one that blocks delays the others. What it throws is logged.
     *
     * @throws UnavailableException if a {@link StrictCentralized} object's leader, which has to know of the listener, cannot be
     *     asked; nobody listens then. For the other kinds this is local
     */
    Registration onChange(String field, Consumer<Object> listener);

    /**
     * Shows the fields as an interface: {@code long done()} gets the field {@code done}, {@code void done(long v)} sets it.
     * Each call is one {@code get} or {@code set}; a getter of a primitive type gives 0 or false for a field never set.
     * Default methods run as written.
     *
     * @throws IllegalArgumentException if {@code view} is no interface, or a method of it neither a getter nor a setter
     */
    default <V> V as(Class<V> view) {
        return FieldView.of(this, view);
    }
}

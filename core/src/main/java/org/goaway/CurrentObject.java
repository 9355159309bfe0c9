package org.goaway;

import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A handle that belongs to no cluster: each call means the object of this name in {@link GoAway#current()}. So it can be
 * made before there is a cluster, outlives it, and means the same on every member. It remembers the object that it found
 * last, which is right for as long as the same cluster is current. Safe for any thread.
 */
abstract class CurrentObject<S extends SharedObject> implements SharedObject {

    private final String name;

    /** Written without order: whatever a thread reads here is whole, and says itself for which cluster it is right. */
    private Found<S> last;

    private record Found<S>(Cluster cluster, S object) {}

    CurrentObject(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /** The object in this cluster. */
    abstract S in(Cluster cluster);

    /** The object in the current cluster. */
    final S bound() {
        Cluster cluster = GoAway.current();
        Found<S> found = last;
        if (found == null || found.cluster != cluster) {
            found = new Found<>(cluster, in(cluster));
            last = found;
        }
        return found.object;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public Object get(String field) {
        return bound().get(field);
    }

    @Override
    public <T> T get(String field, Class<T> type) {
        return bound().get(field, type);
    }

    @Override
    public <T> T get(String field, T otherwise) {
        return bound().get(field, otherwise);
    }

    @Override
    public void set(String field, Object value) {
        bound().set(field, value);
    }

    @Override
    public void clear() {
        bound().clear();
    }

    @Override
    public Set<String> fields() {
        return bound().fields();
    }

    @Override
    public Registration onChange(String field, Consumer<Object> listener) {
        return bound().onChange(field, listener);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurrentObject<?> that && getClass() == that.getClass() && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * getClass().getName().hashCode() + name.hashCode();
    }

    /** The kind and the name. */
    @Override
    public String toString() {
        return getClass().getInterfaces()[0].getSimpleName() + " '" + name + "'";
    }
}

package org.goaway;

import java.util.Set;
import java.util.function.Consumer;

public interface SharedObject {

    String name();

    Object get(String field);

    <T> T get(String field, Class<T> type);

    <T> T get(String field, T otherwise);

    void set(String field, Object value);

    void clear();

    Set<String> fields();

    Registration onChange(String field, Consumer<Object> listener);

    default <V> V as(Class<V> view) {
        return FieldView.of(this, view);
    }
}

package org.goaway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

public class FieldViewTest {

    private final Fields object = new Fields(new HashMap<>());
    private final Progress progress = object.as(Progress.class);

    @Test
    void shouldGetAndSetFieldsByTheirNames() {
        progress.done(3L);
        progress.names(List.of("a"));

        assertThat(object.values).isEqualTo(Map.of("done", 3L, "names", List.of("a")));
        assertThat(progress.done()).isEqualTo(3);
        assertThat(progress.names()).containsExactly("a");
    }

    @Test
    void shouldGiveZeroFalseOrNullForFieldsNeverSet() {
        assertThat(progress.done()).isZero();
        assertThat(progress.ready()).isFalse();
        assertThat(progress.ratio()).isZero();
        assertThat(progress.letter()).isEqualTo('\0');
        assertThat(progress.names()).isNull();
    }

    @Test
    void shouldRunDefaultMethods() {
        progress.done(3L);

        progress.increase();

        assertThat(progress.done()).isEqualTo(4);
    }

    @Test
    void shouldRemoveAFieldByNull() {
        progress.names(List.of());

        progress.names(null);

        assertThat(object.values).isEmpty();
    }

    @Test
    void shouldBeEqualForTheSameObjectAndInterface() {
        assertThat(progress).isEqualTo(object.as(Progress.class)).hasSameHashCodeAs(object.as(Progress.class));
        assertThat(progress).isNotEqualTo(new Fields(Map.of("a", 1)).as(Progress.class));
        assertThat((Object) progress).isNotEqualTo(object.as(Other.class));
        assertThat(progress).hasToString("Progress of fields");
    }

    @Test
    void shouldRefuseWhatIsNoView() {
        assertThatThrownBy(() -> object.as(String.class))
                .hasMessage("java.lang.String is no interface: a view must be one");
        assertThatThrownBy(() -> object.as(NoView.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add(long,long) is neither a getter (long done()) nor a setter");
    }

    interface Progress {
        long done();

        void done(Long value);

        boolean ready();

        double ratio();

        char letter();

        List<String> names();

        void names(List<String> names);

        default void increase() {
            done(done() + 1);
        }
    }

    interface Other {
        long done();
    }

    interface NoView {
        long add(long a, long b);
    }

    /** An object of fields in a map. */
    public record Fields(Map<String, Object> values) implements SharedObject {

        @Override
        public String name() {
            return "fields";
        }

        @Override
        public Object get(String field) {
            return values.get(field);
        }

        @Override
        public <T> T get(String field, Class<T> type) {
            return type.cast(values.get(field));
        }

        @Override
        public <T> T get(String field, T otherwise) {
            throw new AssertionError("a view has no other value");
        }

        @Override
        public void set(String field, Object value) {
            if (value == null) {
                values.remove(field);
            } else {
                values.put(field, value);
            }
        }

        @Override
        public void clear() {
            values.clear();
        }

        @Override
        public Set<String> fields() {
            return values.keySet();
        }

        @Override
        public Registration onChange(String field, Consumer<Object> listener) {
            return () -> {};
        }

        @Override
        public String toString() {
            return "fields";
        }
    }
}

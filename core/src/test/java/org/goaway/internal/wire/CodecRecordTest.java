package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Records whose last component is of any number of values. */
@SuppressWarnings("ArrayRecordComponent") // that is what is tested
class CodecRecordTest {

    private record Names(String... names) {}

    private record Numbered(int number, Object... parts) {}

    private record Parts(Object... parts) {}

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @SuppressWarnings("unchecked")
    private <T> T copy(T value) {
        return (T) codec.decode(codec.encode(value));
    }

    @Test
    void shouldKeepAnyNumberOfValues() {
        assertThat(copy(new Names("a", "b")).names()).containsExactly("a", "b");
        assertThat(copy(new Names()).names()).isEmpty();
        assertThat(copy(new Numbered(1, "a", 2L)).parts()).containsExactly("a", 2L);
        assertThat(copy(new Parts("a")).parts()).containsExactly("a");
    }

    @Test
    void shouldNotWrapAnArrayOnceMore() {
        Object[] inner = {"a"};

        Object[] copy = copy(new Parts((Object) inner)).parts();

        assertThat(copy).hasSize(1);
        assertThat((Object[]) copy[0]).containsExactly("a");
        assertThat(copy(new Parts(new Object[] {"a", "b"})).parts()).containsExactly("a", "b");
    }

    @Test
    void shouldKeepNullInThePlaceOfTheArray() {
        assertThat(copy(new Names((String[]) null)).names()).isNull();
        assertThat(copy(new Numbered(1, (Object[]) null)).parts()).isNull();
        assertThat(copy(new Parts((Object[]) null)).parts()).isNull();
    }
}

package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Collections and maps that extend the JDK's arrive as they were: nothing of what they do runs for that. */
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class CodecExtendedTest {

    private static class Counting extends HashSet<String> {
        int added;

        @Override
        public boolean add(String element) {
            added++;
            return super.add(element);
        }
    }

    private static final class CountingMore extends Counting {
        @Override
        public boolean add(String element) {
            return super.add(element + "!");
        }
    }

    private static final class Sealed extends ArrayList<Object> {
        Sealed(Collection<?> elements) {
            super(elements);
        }

        @Override
        public boolean add(Object element) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean addAll(Collection<?> elements) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class CountingMap extends LinkedHashMap<String, Integer> {
        int puts;

        @Override
        public Integer put(String key, Integer value) {
            puts++;
            return super.put(key, value);
        }
    }

    private static final class CountingDeque extends ArrayDeque<String> {
        int added;

        @Override
        public void addLast(String element) {
            added++;
            super.addLast(element);
        }
    }

    private static final class CountingQueue extends ConcurrentLinkedQueue<String> {
        int added;

        @Override
        public boolean offer(String element) {
            added++;
            return super.offer(element);
        }
    }

    private static final class CountingConcurrentDeque extends ConcurrentLinkedDeque<String> {
        int added;

        @Override
        public boolean offerLast(String element) {
            added++;
            return super.offerLast(element);
        }
    }

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @SuppressWarnings("unchecked")
    private <T> T copy(T value) {
        return (T) codec.decode(codec.encode(value));
    }

    @Test
    void shouldNotCountElementsThatArrive() {
        CountingMore set = new CountingMore();
        set.addAll(List.of("a", "b"));
        set.remove("a!");

        CountingMore copy = copy(set);

        assertThat(copy).containsExactly("b!");
        assertThat(copy.added).isEqualTo(2);
        copy.add("c");
        assertThat(copy.added).isEqualTo(3);
    }

    @Test
    void shouldNotCountEntriesThatArrive() {
        CountingMap map = new CountingMap();
        map.put("b", 1);
        map.put("a", 2);

        CountingMap copy = copy(map);

        assertThat(copy).isEqualTo(map).containsOnlyKeys("b", "a");
        assertThat(copy.puts).isEqualTo(2);
    }

    @Test
    void shouldNotCountWhatIsQueued() {
        CountingDeque deque = new CountingDeque();
        deque.add("a");
        CountingQueue queue = new CountingQueue();
        queue.add("a");
        CountingConcurrentDeque concurrent = new CountingConcurrentDeque();
        concurrent.add("a");

        assertThat(copy(deque)).containsExactly("a");
        assertThat(copy(queue)).containsExactly("a");
        assertThat(copy(concurrent)).containsExactly("a");
        assertThat(copy(deque).added).isEqualTo(deque.added);
        assertThat(copy(queue).added).isEqualTo(queue.added);
        assertThat(copy(concurrent).added).isEqualTo(concurrent.added);
    }

    @Test
    void shouldFillAListThatMayNotBeChanged() {
        Sealed list = new Sealed(new ArrayList<>(List.of(1, "a")));

        assertThat(copy(list)).containsExactly(1, "a");
    }

    @Test
    void shouldFillASetOnceItsElementsAreWhole() {
        Map<String, Object> around = new LinkedHashMap<>();
        Whole whole = new Whole(around);
        WholeSet set = new WholeSet();
        set.add(whole);
        around.put("set", set);

        Map<String, Object> copy = copy(around);

        WholeSet copied = (WholeSet) copy.get("set");
        assertThat(copied).hasSize(1);
        assertThat(copied.iterator().next().around).isSameAs(copy);
    }

    private static final class WholeSet extends HashSet<Whole> {}

    private static final class Whole {
        final Map<String, Object> around;

        Whole(Map<String, Object> around) {
            this.around = around;
        }
    }
}

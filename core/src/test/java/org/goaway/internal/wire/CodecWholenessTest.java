package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.goaway.internal.wire.value.CorruptException;
import org.junit.jupiter.api.Test;

/** When sets and maps are filled: before anything is made of them, and once the hashes of what they hold are known. */
class CodecWholenessTest {

    private record Groups<V>(Map<String, V> members) {
        Groups {
            members = new TreeMap<>(members);
        }
    }

    private record Forest(Set<Tree> trees) {
        Forest {
            trees = new LinkedHashSet<>(trees);
        }
    }

    private static final class Tree {
        final String name;
        final List<Tree> children = new ArrayList<>();
        Tree parent;
        Set<Tree> kin;
        Groups<Tree> groups;

        Tree(String name) {
            this.name = name;
        }

        Tree child(String of) {
            Tree child = new Tree(of);
            child.parent = this;
            children.add(child);
            return child;
        }

        /** Of the parent's name, too: a child whose parent is half read has another. */
        @Override
        public int hashCode() {
            return name.hashCode() + (parent == null ? 0 : parent.name.hashCode());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tree that
                    && that.name.equals(name)
                    && (parent == null ? that.parent == null : parent.equals(that.parent));
        }
    }

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @SuppressWarnings("unchecked")
    private <T> T copy(T value) {
        return (T) codec.decode(codec.encode(value));
    }

    @Test
    void shouldGiveARecordAFullMapWhoseValuesAreShared() {
        Groups<List<String>> groups = new Groups<>(Map.of("a", List.of(), "b", List.of()));

        assertThat(copy(groups)).isEqualTo(groups);
    }

    @Test
    void shouldGiveARecordAFullSetOfObjectsThatReferToEachOther() {
        Tree oak = new Tree("oak");
        oak.child("twig");
        oak.kin = new HashSet<>(Set.of(oak));
        Forest forest = new Forest(Set.of(oak, new Tree("elm")));

        Forest copy = copy(forest);

        assertThat(copy).isEqualTo(forest);
        assertThat(copy.trees()).filteredOn(oak::equals).allMatch(tree -> tree.kin.contains(tree));
    }

    @Test
    void shouldGiveARecordAFullMapWhoseValuesReferToWhatIsAroundIt() {
        Tree oak = new Tree("oak");
        oak.groups = new Groups<>(Map.of("self", oak));

        Tree copy = copy(oak);

        assertThat(copy.groups.members())
                .hasEntrySatisfying("self", tree -> assertThat(tree).isSameAs(copy));
    }

    @Test
    void shouldFillASetThatCannotBeChangedOnceItsElementsAreWhole() {
        Tree oak = new Tree("oak");
        Tree twig = oak.child("twig");
        oak.kin = Collections.unmodifiableSet(new HashSet<>(Set.of(twig, oak)));

        Tree copy = copy(oak);
        assertThat(copy.kin).contains(copy, copy.children.get(0)).hasSize(2);
        assertThat(copy.kin.getClass()).isSameAs(oak.kin.getClass());
    }

    /** Has another hash code as long as the array around it is half read. */
    private static final class Key {
        final Object[] around;

        Key(Object[] around) {
            this.around = around;
        }

        String last() {
            return (String) around[around.length - 1];
        }

        @Override
        public int hashCode() {
            return last() == null ? 0 : last().length();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    private static final class ByLast implements Comparator<Key> {
        @Override
        public int compare(Key one, Key other) {
            return one.last().compareTo(other.last());
        }
    }

    @Test
    void shouldFillMapsAndSortedSetsThatCannotBeChangedOnceTheirKeysAreWhole() {
        Object[] around = {null, null, null, "last"};
        Key key = new Key(around);
        SortedSet<Key> sorted = new TreeSet<>(new ByLast());
        sorted.add(key);
        around[0] = Collections.unmodifiableMap(new HashMap<>(Map.of(key, 1)));
        around[1] = Collections.unmodifiableSortedSet(sorted);
        around[2] = Collections.unmodifiableSortedMap(new TreeMap<>(new ByLast()));

        Object[] copy = copy(around);

        Key keyCopy = (Key) ((SortedSet<?>) copy[1]).first();
        assertThat((Map<?, ?>) copy[0]).isEqualTo(Map.of(keyCopy, 1));
        assertThat((Map<?, ?>) copy[2]).isEmpty();
    }

    @Test
    void shouldReadAListThatCannotBeChangedAndHoldsItself() {
        List<Object> inner = new ArrayList<>();
        List<Object> list = Collections.unmodifiableList(inner);
        inner.add(1);
        inner.add(list);

        List<Object> copy = copy(list);

        assertThat(copy.get(1)).isSameAs(copy);
        assertThat(copy.get(0)).isEqualTo(1);
    }

    @Test
    void shouldRefuseASetThatIsMadeBeforeTheHashesOfItsElementsAreKnown() {
        Object[] around = {null, "last"};

        around[0] = Set.of(new Key(around), 1, 2);
        assertUnhashed(() -> copy(around));
        around[0] = Map.of(new Key(around), 0, 1, 0, 2, 0);
        assertUnhashed(() -> copy(around));
    }

    private static void assertUnhashed(ThrowingCallable copying) {
        assertThatThrownBy(copying)
                .isInstanceOf(CorruptException.class)
                .hasMessageContainingAll("CodecWholenessTest$", "hash code", "Collections.unmodifiable");
    }

    /** Most objects have the hash code of their identity. */
    @Test
    void shouldReadASetOfWhatRefersToAnObjectAroundItButHasItsHashCodeAlready() {
        Node root = new Node(null);
        Node leaf = new Node(root);
        root.nodes = Set.of(leaf);
        root.byNode = Map.of(leaf, leaf);

        Node copy = copy(root);

        Node leafCopy = copy.nodes.iterator().next();
        assertThat(copy.nodes).containsExactly(leafCopy);
        assertThat(copy.nodes.contains(leafCopy)).isTrue();
        assertThat(copy.byNode.get(leafCopy)).isSameAs(leafCopy);
        assertThat(leafCopy.parent).isSameAs(copy);
    }

    private static final class Node {
        final Node parent;
        Set<Node> nodes;
        Map<Node, Node> byNode;

        Node(Node parent) {
            this.parent = parent;
        }
    }

    /** The twig has been read when the set refers to it, but the oak, whose name its hash needs, may not have been. */
    @Test
    void shouldFillASetOnceAllThatItsElementsReferToIsWhole() {
        Tree oak = new Tree("oak");
        Tree twig = oak.child("twig");
        oak.kin = new HashSet<>(Set.of(twig));

        Object[] copy = copy(new Object[] {twig, new HashSet<>(Set.of(twig)), oak});

        Tree twigCopy = (Tree) copy[0];
        assertThat(((Tree) copy[2]).kin).contains(twigCopy);
        assertThat((Set<?>) copy[1]).isEqualTo(Set.of(twigCopy));
        Tree oakCopy = copy(oak);
        assertThat(oakCopy.kin).containsExactly(oakCopy.children.get(0)).contains(oakCopy.children.get(0));
    }
}

package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

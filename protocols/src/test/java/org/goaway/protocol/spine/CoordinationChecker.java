package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.coordination.Ended;

/** What the threads of a {@link CoordinationScenario} may see, noted while they see it. */
final class CoordinationChecker {

    private final int permits;
    private final int count;
    private final int[] passed;
    private final boolean[] there;
    private final List<Set<Integer>> indexes = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<MemberId> holders = new ArrayList<>();
    private int countedDown;

    CoordinationChecker(int permits, int parties, int count) {
        this.permits = permits;
        this.count = count;
        this.passed = new int[parties];
        this.there = new boolean[parties];
    }

    void gotPermit(MemberId member) {
        holders.add(member);
        check(holders.size() <= permits, holders + " hold " + permits + " permits");
    }

    void gaveBack(MemberId member) {
        holders.remove(member);
    }

    void leaves(MemberId member) {
        holders.removeIf(member::equals);
    }

    int passed(int party) {
        return passed[party];
    }

    void arrives(int party) {
        there[party] = true;
    }

    /** All others must be there for this round, or have passed it. */
    void returned(int party, Ended ended) {
        if (ended.how() == Ended.How.PASSED) {
            int round = passed[party];
            for (int other = 0; other < passed.length; other++) {
                boolean came = passed[other] > round || (passed[other] == round && there[other]);
                check(came, party + " passed round " + round + " without " + other);
            }
            if (indexes.size() == round) {
                indexes.add(new HashSet<>());
            }
            indexes.get(round).add(ended.index());
            passed[party]++;
        }
        there[party] = false;
    }

    void countsDown() {
        countedDown++;
    }

    void latchOpened() {
        check(countedDown >= count, "the latch was open after " + countedDown + " of " + count);
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }

    void assertAllWasRight(int rounds) {
        assertThat(wrong).isEmpty();
        assertThat(passed).as("rounds passed").containsOnly(rounds);
        Set<Integer> all = IntStream.range(0, passed.length).boxed().collect(Collectors.toSet());
        assertThat(indexes).as("the indexes of each round").hasSize(rounds).allMatch(all::equals);
    }

    @Override
    public String toString() {
        return "rounds passed " + Arrays.toString(passed) + ", there " + Arrays.toString(there) + ", " + holders
                + " holders, counted down " + countedDown;
    }
}

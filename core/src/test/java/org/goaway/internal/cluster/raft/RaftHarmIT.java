package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.goaway.internal.cluster.raft.Voters.Voter;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was answered stays in the log, at its place, whatever is cut, and whoever dies and is replaced. */
class RaftHarmIT {

    private static final long HARM_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final Map<Integer, Journal.Seen> answered = new ConcurrentHashMap<>();
    private int keys;

    @ParameterizedTest(name = "{0} voters, a log of {1} bytes, seed {2}")
    @CsvSource({"3, 67108864, 1", "3, 20000, 2", "5, 67108864, 3", "5, 20000, 4"})
    void shouldKeepWhatWasAnswered(int count, long maxLogBytes, long seed) {
        Random random = new Random(seed);
        try (Voters group = Voters.of(count, maxLogBytes)) {
            group.leader();
            long end = System.nanoTime() + HARM_NANOS;
            long next = System.nanoTime();
            while (System.nanoTime() - end < 0) {
                if (System.nanoTime() - next >= 0) {
                    harm(group, random);
                    next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(900));
                }
                appendEverywhere(group);
                pause();
            }
            group.heal();
            group.putSurely(++keys, 10);
            group.awaitEqual(group.voting());
            check(group);
        }
    }

    private static void harm(Voters group, Random random) {
        group.heal();
        List<MemberId> members = new ArrayList<>(group.voting());
        Set<MemberId> some = new HashSet<>();
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> some.add(members.get(random.nextInt(members.size())));
            default -> members.stream().filter(member -> random.nextBoolean()).forEach(some::add);
        }
        if (random.nextBoolean()) {
            group.cut(some);
        } else {
            some.forEach(member -> group.cutOneWay(member));
        }
    }

    private void appendEverywhere(Voters group) {
        for (Voter voter : group.all()) {
            int key = ++keys;
            var unused = group.put(voter, key, 10).whenComplete((answer, failure) -> note(key, answer));
        }
    }

    private void note(int key, Message answer) {
        if (answer != null) {
            answered.put(key, (Journal.Seen) answer);
        }
    }

    private void check(Voters group) {
        Map<MemberId, List<Integer>> logs = new HashMap<>();
        group.all().forEach(voter -> logs.put(voter.id(), new ArrayList<>(voter.journal().values().keySet())));
        List<Integer> log = logs.values().iterator().next();
        assertThat(logs.values()).allMatch(log::equals);
        assertThat(answered.size()).as("entries answered").isGreaterThan(100);
        answered.forEach((key, seen) -> assertThat(log.get((int) seen.count() - 1)).isEqualTo(key));
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

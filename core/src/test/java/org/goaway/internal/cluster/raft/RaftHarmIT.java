package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
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

    private static final long HARM_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** So many show that it was not idle; a machine that stands still answers few in any time. */
    private static final int LEAST_ANSWERED = 100;
    /** A bound for what hangs, not a measure. */
    private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Map<Integer, Journal.Seen> answered = new ConcurrentHashMap<>();
    private int keys;

    @ParameterizedTest(name = "{0} voters, a log of {1} bytes, seed {2}")
    @CsvSource({"3, 67108864, 1", "3, 20000, 2", "5, 67108864, 3", "5, 20000, 4"})
    void shouldKeepWhatWasAnswered(int count, long maxLogBytes, long seed) {
        Random random = new Random(seed);
        try (Voters group = Voters.of(count, maxLogBytes)) {
            group.leader();
            group.add(count + 1);
            group.add(count + 2);
            long end = System.nanoTime() + HARM_NANOS;
            long next = System.nanoTime();
            while (System.nanoTime() - end < 0 || answered.size() <= LEAST_ANSWERED) {
                assertThat(System.nanoTime() - end)
                        .as("too late: %d entries answered", answered.size())
                        .isLessThan(HANGS_NANOS);
                if (System.nanoTime() - next >= 0) {
                    if (random.nextInt(3) == 0) {
                        changeVoters(group, count, random);
                    } else {
                        harm(group, random);
                    }
                    next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(900));
                }
                appendEverywhere(group);
                pause();
            }
            group.heal();
            group.putSurely(++keys, 10);
            List<MemberId> voters = group.leader().node().standing().voters();
            group.awaitEqual(voters);
            check(group, voters);
        }
    }

    private static void changeVoters(Voters group, int count, Random random) {
        List<MemberId> wanted = new ArrayList<>();
        group.all().forEach(voter -> wanted.add(voter.id()));
        Collections.shuffle(wanted, random);
        for (Voter voter : group.all()) {
            if (voter.node() != null) {
                var unused = voter.node().changeVoters(wanted.subList(0, count));
            }
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
            if (voter.node() == null) {
                continue;
            }
            int key = ++keys;
            var unused = group.put(voter, key, 10).whenComplete((answer, failure) -> note(key, answer));
        }
    }

    private void note(int key, Message answer) {
        if (answer != null) {
            answered.put(key, (Journal.Seen) answer);
        }
    }

    private void check(Voters group, List<MemberId> voters) {
        Map<MemberId, List<Integer>> logs = new HashMap<>();
        for (MemberId voter : voters) {
            logs.put(
                    voter, new ArrayList<>(group.voter(voter).journal().values().keySet()));
        }
        List<Integer> log = logs.get(voters.get(0));
        assertThat(logs.values().stream().allMatch(log::equals)).as("all equal").isTrue();
        assertThat(answered.size()).as("entries answered").isGreaterThan(LEAST_ANSWERED);
        answered.forEach(
                (key, seen) -> assertThat(log.get((int) seen.count() - 1)).isEqualTo(key));
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.goaway.protocol.membership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;
import org.goaway.protocol.membership.MembershipCommand.Promote;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of the register left out one at a time: the ordinary simulation must notice each. */
@Tag("simulation")
class RegisterMutantsTest {

    private void assertNoticed(String rule, String fault, Supplier<RegisterState> mutant) {
        LeaseMutantsTest.assertNoticed(getClass(), rule, fault, () -> new MembershipScenario() {
            @Override
            RegisterState newState() {
                return mutant.get();
            }
        });
    }

    @Test
    void shouldNoticeADropInSpiteOfALaterRenewal() {
        String fault = "a drop does not say how many renewals its proposer knew of";
        LeaseMutantsTest.assertNoticed(getClass(), "C2a", fault, () -> new MembershipScenario() {
            @Override
            ReplicatedLog log(ReplicatedLog log) {
                return new ReplicatedLog() {
                    @Override
                    public Optional<MemberId> leader() {
                        return log.leader();
                    }

                    @Override
                    public CompletableFuture<Message> append(Message entry) {
                        return log.append(entry instanceof Change change ? blind(change) : entry);
                    }
                };
            }
        });
    }

    private static Change blind(Change change) {
        List<Drop> drop = new ArrayList<>();
        change.drop().forEach(one -> drop.add(new Drop(one.member(), Long.MAX_VALUE)));
        return new Change(change.from(), drop, change.add());
    }

    @Test
    void shouldNoticeAPromotionOfAnEarlierStint() {
        assertNoticed("C5 promoteStint", "a late promotion counts for any stint", () -> new RegisterState() {
            @Override
            public Message apply(Message entry) {
                return super.apply(entry instanceof Promote promote ? now(promote) : entry);
            }

            private Promote now(Promote promote) {
                Epoch epoch = register.current().orElseThrow();
                long joined = epoch.joined().getOrDefault(promote.member(), promote.joinEpoch());
                return new Promote(promote.member(), joined);
            }
        });
    }

    @Test
    void shouldNoticeAnEpochWithoutItsData() {
        assertNoticed("C3 fullSurvives", "joiners are full where nobody else is", () -> new RegisterState() {
            @Override
            public Message apply(Message entry) {
                Message answer = super.apply(entry);
                return entry instanceof Change change ? orBlank(change, (Agreed) answer) : answer;
            }

            private Agreed orBlank(Change change, Agreed agreed) {
                Epoch epoch = agreed.epoch();
                Map<MemberId, Long> joined = new TreeMap<>(epoch.joined());
                change.drop().forEach(drop -> joined.remove(drop.member()));
                change.add().forEach(member -> joined.putIfAbsent(member, change.from() + 1));
                if (epoch.number() != change.from() || joined.isEmpty() || joined.equals(epoch.joined())) {
                    return agreed;
                }
                Epoch blank = new Epoch(change.from() + 1, joined, List.copyOf(joined.keySet()));
                Agreed state = new Agreed(agreed.cluster(), blank, Set.of(), agreed.renewals());
                replace(state);
                return state;
            }
        });
    }

    @Test
    void shouldNoticeThatFullGrowsWithinAnEpoch() {
        assertNoticed("C4 homeFrozen", "who is promoted is full at once", () -> new RegisterState() {
            @Override
            public Message apply(Message entry) {
                Message answer = super.apply(entry);
                return entry instanceof Promote ? grown((Agreed) answer) : answer;
            }

            private Agreed grown(Agreed agreed) {
                List<MemberId> full = new ArrayList<>(agreed.epoch().full());
                full.addAll(agreed.promoted());
                Epoch epoch = new Epoch(agreed.epoch().number(), agreed.epoch().joined(), full);
                Agreed state = new Agreed(agreed.cluster(), epoch, Set.of(), agreed.renewals());
                replace(state);
                return state;
            }
        });
    }

    @Test
    void shouldNoticeAStintThatGoesOnAfterADrop() {
        assertNoticed("C2, C6a wipe", "who comes back keeps the number of its first stint", () -> new RegisterState() {
            private final Map<MemberId, Long> first = new HashMap<>();

            @Override
            public Message apply(Message entry) {
                Message answer = super.apply(entry);
                return entry instanceof Change ? unbroken((Agreed) answer) : answer;
            }

            private Agreed unbroken(Agreed agreed) {
                Map<MemberId, Long> joined = new TreeMap<>();
                agreed.epoch().joined().forEach((member, number) -> {
                    first.putIfAbsent(member, number);
                    joined.put(member, first.get(member));
                });
                Epoch epoch = new Epoch(
                        agreed.epoch().number(), joined, agreed.epoch().full());
                Agreed state = new Agreed(agreed.cluster(), epoch, agreed.promoted(), agreed.renewals());
                replace(state);
                return state;
            }
        });
    }
}

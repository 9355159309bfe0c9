package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.membership.EpochMessage.LeaseRefused;
import org.goaway.protocol.membership.RegistrarMessage.Joining;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules about broken links left out one at a time: the ordinary simulation must notice each. */
@Tag("simulation")
class LinksMutantsTest {

    private static final int SEEDS = 2_000;

    private void assertNoticed(String fault, Supplier<LinksScenario> mutant) {
        assertNoticed("L4 links", fault, mutant);
    }

    private void assertNoticed(String rule, String fault, Supplier<LinksScenario> mutant) {
        long seed = Seeds.firstToFail(SEEDS, run -> mutant.get().run(run));
        assertThat(seed).as("the first seed that notices: %s", fault).isPositive();
        MutantTable.caught(getClass(), rule, fault, seed);
    }

    @Test
    void shouldNoticeThatWhoIsToGoIsRenewedOn() {
        assertNoticed("renews the lease of one that is to go", () -> new LinksScenario() {
            @Override
            Tenure tenure(MemberId self, long now) {
                return new Tenure(times, links(self), now) {
                    @Override
                    boolean onRequest(MemberId member, LeaseRequest request, long at) {
                        super.onRequest(member, request, at);
                        return true;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeADropBeforeTheLeaseIsOver() {
        assertNoticed("drops one that is to go without waiting for its lease", () -> new LinksScenario() {
            @Override
            Tenure tenure(MemberId self, long now) {
                return new Tenure(times, links(self), now) {
                    @Override
                    boolean isLeaseOver(MemberId member, long at) {
                        return super.isLeaseOver(member, at) || isApart(member, at);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeOneTakenBackBeforeItsLinksAreWhole() {
        assertNoticed("J8 links", "takes back one whose links are still broken", () -> new LinksScenario() {
            @Override
            Transport wishes(Transport transport) {
                return messages(
                        transport,
                        message -> message instanceof Joining wish
                                ? new Joining(wish.cluster(), Set.copyOf(cluster.members()))
                                : message);
            }
        });
    }

    @Test
    void shouldNoticeLinksThatNobodyTellsOf() {
        assertNoticed("nobody tells of its broken links", () -> new LinksScenario() {
            @Override
            Transport wishes(Transport transport) {
                return messages(
                        transport,
                        message -> message instanceof LeaseRequest asked
                                ? new LeaseRequest(
                                        asked.cluster(), asked.sent(), asked.known(), asked.heard(), Set.of())
                                : message);
            }
        });
    }

    @Test
    void shouldNoticeOneThatIsNotToldWhyItWaits() {
        assertNoticed("who is to go is not answered, and asks elsewhere", () -> new LinksScenario() {
            @Override
            Transport answers(Transport transport) {
                return messages(transport, message -> message instanceof LeaseRefused ? null : message);
            }
        });
    }

    @Test
    void shouldNoticeThatASilentMemberCountsAsCutOff() {
        assertNoticed("links to one that the leader does not hear count", () -> new LinksScenario() {
            @Override
            BrokenLinks links(MemberId self) {
                return new BrokenLinks(self, times, member -> member.equals(precious)) {
                    @Override
                    void onTold(MemberId from, Set<MemberId> unheard, long now) {
                        super.onTold(from, unheard, now);
                        unheard.forEach(other -> super.onTold(other, Set.of(), now));
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeThatWhatIsToldCountsAtOnce() {
        assertNoticed("a broken link counts at once", () -> new LinksScenario() {
            @Override
            BrokenLinks links(MemberId self) {
                return new BrokenLinks(self, times, member -> member.equals(precious)) {
                    @Override
                    boolean isApart(MemberId member, Epoch epoch, long now) {
                        return super.isApart(member, epoch, now + times.broken());
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeALeaderThatMayGo() {
        assertNoticed("the leader may be the one to go", () -> new LinksScenario() {
            @Override
            BrokenLinks links(MemberId self) {
                return new BrokenLinks(new MemberId(7, 7), times, member -> member.equals(precious));
            }
        });
    }

    @Test
    void shouldNoticeThatNobodyIsPrecious() {
        assertNoticed("a precious member goes as soon as any", () -> new LinksScenario() {
            @Override
            BrokenLinks links(MemberId self) {
                return new BrokenLinks(self, times, member -> false);
            }
        });
    }

    @Test
    void shouldNoticeThatBothEndsGo() {
        assertNoticed("both ends of a broken link go", () -> new LinksScenario() {
            @Override
            BrokenLinks links(MemberId self) {
                return new BrokenLinks(self, times, member -> member.equals(precious)) {
                    @Override
                    Set<MemberId> apart(Epoch epoch, long now) {
                        Set<MemberId> both = new TreeSet<>(super.apart(epoch, now));
                        for (MemberId one : new HashSet<>(both)) {
                            epoch.members().stream()
                                    .filter(other -> firewallCuts(one, other))
                                    .forEach(both::add);
                        }
                        return both;
                    }
                };
            }

            private boolean firewallCuts(MemberId one, MemberId other) {
                return cluster.firewall().isCut(one, other)
                        || cluster.firewall().isCut(other, one);
            }
        });
    }

    @Test
    void shouldNoticeThatContactIsNotLostAgain() {
        assertNoticed("whoever was heard once counts as heard", () -> new LinksScenario() {
            @Override
            Contacts contacts(MemberId self, EpochPorts ports) {
                return new Contacts(self, ports, times) {
                    private final Set<MemberId> met = new HashSet<>();

                    @Override
                    Set<MemberId> unheard() {
                        met.addAll(heard());
                        Set<MemberId> never = new HashSet<>(super.unheard());
                        never.removeAll(met);
                        return never;
                    }
                };
            }
        });
    }

    /** Changes what is sent; null: it is not. */
    private static Transport messages(Transport transport, UnaryOperator<Message> map) {
        return new Transport() {
            @Override
            public void send(MemberId to, Message message) {
                Message mapped = map.apply(message);
                if (mapped != null) {
                    transport.send(to, mapped);
                }
            }

            @Override
            public void multicast(Collection<MemberId> to, Message message) {
                transport.multicast(to, map.apply(message));
            }
        };
    }
}

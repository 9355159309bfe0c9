package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.kit.Firewall.Fate;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.SimulatedRaft;
import org.goaway.protocol.membership.Agreed;
import org.goaway.protocol.membership.Found;
import org.goaway.protocol.membership.Founded;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;
import org.goaway.protocol.strict.FieldNames;
import org.goaway.protocol.strict.StrictCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpineTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.STRICT, "s");
    private static final StrictCommand GET = new StrictCommand.Get(OBJECT, "f");

    private final LongNumbers numbers = new LongNumbers();
    private final LocalCluster cluster = new LocalCluster(4, 1);
    private final List<MemberId> voters = cluster.members().subList(0, 3);
    private final SimulatedRaft raft = new SimulatedRaft(cluster, voters, () -> new SpineState(numbers));
    private Map<MemberId, Spine> spines;

    @BeforeEach
    void install() {
        raft.heal();
        spines = cluster.install((self, transport, clock) -> new Spine(
                self,
                transport,
                clock,
                raft.log(self, true),
                task -> cluster.onLoop(self, task),
                Duration.ofSeconds(10)));
        spines.values().forEach(spine -> spine.onFounded(voters));
    }

    private CompletableFuture<Message> submit(int member, Message command) {
        return spines.get(cluster.members().get(member)).submit(command);
    }

    private static ProtocolException failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return (ProtocolException) future.handle((value, failure) -> failure).join();
    }

    @Test
    void shouldSayThatNothingWasDoneWhenNobodyEverLed() {
        CompletableFuture<Message> answer = submit(3, GET);
        spines.values().forEach(spine -> voters.subList(1, 3).forEach(spine::onGone));
        cluster.firewall().drop(SpineMessage.class, 1);
        cluster.run(Duration.ofSeconds(9));
        assertThat(answer).isNotDone();
        cluster.run(Duration.ofSeconds(2));
        assertThat(failure(answer).outcome()).isEqualTo(Outcome.NOT_DONE);
        assertThat(failure(answer)).hasMessageContaining("2 of the 3 voters").hasMessageContaining("m2, m3");
    }

    @Test
    void shouldAskThoseWhoVoteNowAndCountOnlyThem() {
        MemberId asking = cluster.members().get(3);
        Spine spine = spines.get(asking);
        spine.onVoters(List.of(voters.get(0), asking));
        spine.onFounded(voters);
        voters.subList(1, 3).forEach(spine::onGone);
        List<MemberId> asked = new ArrayList<>();
        cluster.firewall().rule((from, to, message) -> {
            asked.add(to);
            return new Fate(List.of());
        });
        CompletableFuture<Message> answer = submit(3, GET);
        cluster.run(Duration.ofSeconds(11));
        assertThat(asked).isNotEmpty().containsOnly(voters.get(0));
        assertThat(failure(answer)).hasMessageContaining("has no leader");
    }

    @Test
    void shouldNotKnowWhatBecameOfACommandThatWasSent() {
        raft.elect();
        cluster.run(Duration.ofSeconds(1));
        cluster.firewall().drop(SpineMessage.Replies.class, 1);
        CompletableFuture<Message> answer = submit(3, GET);
        cluster.run(Duration.ofSeconds(11));
        assertThat(failure(answer).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failure(answer)).hasMessageContaining("did not answer");
    }

    /** The log had it before the member was dropped, or never: it would be repeated until the bound and not be answered. */
    @Test
    void shouldHearThatACommandOfAnEarlierStintIsForgotten() {
        MemberId dropped = cluster.members().get(3);
        raft.elect();
        cluster.run(Duration.ofSeconds(1));
        CompletableFuture<Message> founded = submit(0, new Found(cluster.epoch()));
        cluster.run(Duration.ofMillis(300));
        assertThat(founded).isCompleted();
        Operation add = new Operation.Add("f", 1);
        cluster.firewall().drop(SpineMessage.Submit.class, 1);
        CompletableFuture<Message> lost = submit(3, new StrictCommand.Operate(OBJECT, add));
        cluster.run(Duration.ofMillis(100));
        cluster.firewall().heal();
        CompletableFuture<Message> later = submit(3, new StrictCommand.Operate(OBJECT, add));
        cluster.run(Duration.ofMillis(300));
        assertThat(later).isCompleted();
        Change drop = new Change(cluster.epoch().number(), List.of(new Drop(dropped, 0)), List.of());
        CompletableFuture<Message> changed = submit(0, drop);
        cluster.run(Duration.ofMillis(300));
        assertThat(((Agreed) changed.join()).epoch().members()).doesNotContain(dropped);
        cluster.run(Duration.ofSeconds(1));
        assertThat(failure(lost).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failure(lost)).hasMessageContaining("has dropped this member");
    }

    @Test
    void shouldRejectWhatTheLogDoesNotKnow() {
        raft.elect();
        CompletableFuture<Message> answer = submit(0, new Rejected("is no command"));
        cluster.run(Duration.ofSeconds(3));
        assertThat(failure(answer).outcome()).isEqualTo(Outcome.NOT_DONE);
    }

    @Test
    void shouldFoundOnce() {
        raft.elect();
        CompletableFuture<Message> first = submit(0, new Found(cluster.epoch()));
        cluster.run(Duration.ofSeconds(3));
        CompletableFuture<Message> second = submit(3, new Found(Epoch.founding(Set.of(voters.get(0)))));
        cluster.run(Duration.ofSeconds(3));
        assertThat(first).isCompletedWithValue(new Founded(cluster.epoch()));
        assertThat(second).isCompletedWithValue(new Founded(cluster.epoch()));
    }

    @Test
    void shouldPackTheCommandsOfOneTurn() {
        raft.elect();
        cluster.run(Duration.ofSeconds(1));
        cluster.forgetSent();
        for (int i = 0; i < 100; i++) {
            var unused = submit(3, new StrictCommand.Operate(OBJECT, new Operation.Add("f", 1)));
        }
        cluster.run(Duration.ofMillis(500));
        CompletableFuture<Message> sum = submit(3, GET);
        CompletableFuture<Message> names = submit(3, new StrictCommand.Fields(OBJECT));
        cluster.run(Duration.ofMillis(500));
        assertThat(numbers.readOrNull(((Answer) sum.join()).value())).isEqualTo(100);
        assertThat(names).isCompletedWithValue(new FieldNames(Set.of("f")));
        assertThat(cluster.sent(SpineMessage.Submit.class)).isEqualTo(2);
        assertThat(cluster.sent(SpineMessage.Replies.class)).isEqualTo(2);
    }

    @Test
    void shouldRemoveAllFieldsByClear() {
        raft.elect();
        cluster.run(Duration.ofSeconds(1));
        var set = submit(0, new StrictCommand.Operate(OBJECT, new Operation.Set("f", numbers.write(1))));
        var clear = submit(0, new StrictCommand.Operate(OBJECT, new Operation.Clear()));
        CompletableFuture<Message> names = submit(0, new StrictCommand.Fields(OBJECT));
        cluster.run(Duration.ofMillis(500));
        assertThat(set).isCompleted();
        assertThat(clear).isCompleted();
        assertThat(names).isCompletedWithValue(new FieldNames(Set.of()));
    }
}

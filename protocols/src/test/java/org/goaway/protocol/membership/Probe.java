package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;

/**
 * A protocol that only looks: epochs rise and are the agreed ones, messages are of its own epoch, and its copies are
 * complete a while after it entered.
 */
final class Probe implements Protocol {

    private static final long EVERY = 60_000_000;

    /** A message of an epoch. */
    record Ping(long epoch) implements Fenced {}

    /** How a {@link Ping} travels, since the simulated cluster knows other epochs. */
    record Sealed(Ping ping) implements Message {}

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final RegisterChecker checker;
    private final Random random;
    private Epoch known;
    private boolean synced;
    private long syncedAt;
    private long pingedAt;
    private long lookedAt;
    private OutOfMemoryError fails;
    /** What it could not learn an epoch for; null: it has learned all since it entered. */
    private OutOfMemoryError failedBy;

    Probe(MemberId self, Transport transport, Clock clock, RegisterChecker checker, Random random) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.checker = checker;
        this.random = random;
        this.pingedAt = clock.nanos();
        this.lookedAt = pingedAt;
    }

    /** It does not learn the next epoch. */
    void failBy(OutOfMemoryError failure) {
        fails = failure;
    }

    void onFailed(IllegalStateException failure) {
        if (failedBy == null) {
            throw failure;
        }
        assertThat(failure).hasRootCause(failedBy);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        if (fails != null) {
            failedBy = fails;
            fails = null;
            throw failedBy;
        }
        long before = known == null ? 0 : known.number();
        assertThat(epoch.number()).as("the epoch that %s learns", self).isGreaterThan(before);
        assertThat(epoch).as("what %s learns", self).isEqualTo(checker.epoch(epoch.number()));
        if (epoch.entersAnew(self, before)) {
            failedBy = null;
            synced = epoch.full().contains(self);
            syncedAt = clock.nanos() + random.nextInt(200_000_000);
        }
        known = epoch;
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (failedBy != null) {
            return;
        }
        assertThat(((Ping) message).epoch()).as("a message to %s", self).isEqualTo(known.number());
        assertThat(known.members()).contains(from);
    }

    @Override
    public boolean isSynced() {
        return synced;
    }

    @Override
    public void onGone(MemberId member) {
        // Hints are not this protocol's concern.
    }

    /** A loop that came late cannot tell what it missed: it holds no lease before it has asked again. */
    void look(Lease lease) {
        long now = clock.nanos();
        if (now - lookedAt > MembershipScenario.LEASE.toNanos() / 2) {
            assertThat(lease.isHeld())
                    .as("%s has its lease when its loop comes late", self)
                    .isFalse();
        }
        lookedAt = now;
    }

    @Override
    public void onTick(long nanos) {
        if (known == null || failedBy != null) {
            return;
        }
        if (!synced && nanos - syncedAt >= 0) {
            synced = true;
            checker.synced(self, known.joined().get(self));
        }
        if (nanos - pingedAt >= EVERY) {
            pingedAt = nanos;
            transport.multicast(known.members(), new Sealed(new Ping(known.number())));
        }
    }
}

package org.goaway.protocol.membership;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.fastread.FastReadMessage;
import org.goaway.protocol.fastread.Limits;
import org.goaway.protocol.kit.ShortNumbers;
import org.goaway.protocol.lock.Locks;

/** A member with fast-read objects and locks on top of its epochs, as a node has them. */
final class LinksMember implements Protocol {

    /** How what is sent travels: the simulated cluster knows other epochs. */
    record Sealed(Message message) implements Message {}

    /** Makes the side of the epochs that the protocols are to follow. */
    @FunctionalInterface
    interface EpochsFactory {
        Epochs of(List<Protocol> protocols, EpochListener listener);
    }

    private final MemberId self;
    private final RegisterChecker checker;
    private final FastRead fastRead;
    private final Locks locks;
    private final Epochs epochs;
    private final Registrar registrar;
    private long syncedIn;

    LinksMember(
            MemberId self,
            Transport transport,
            Clock clock,
            RegisterChecker checker,
            EpochsFactory factory,
            Registrar registrar) {
        this.self = self;
        this.checker = checker;
        this.registrar = registrar;
        this.fastRead = new FastRead(
                self,
                transport,
                clock,
                new ShortNumbers(),
                (object, field, value) -> {},
                this::isLeaseHeld,
                new Limits(MembershipScenario.LEASE, MembershipScenario.LEASE.multipliedBy(100), 1 << 20));
        this.locks = new Locks(self, transport, clock, this::isLeaseHeld, MembershipScenario.LEASE.multipliedBy(100));
        this.epochs = factory.of(List.of(fastRead, locks), new EpochListener() {
            @Override
            public void learned(Epoch epoch) {
                // The protocols have learned it.
            }

            @Override
            public void outOf(Epoch epoch) {
                locks.onDropped();
            }
        });
    }

    /** Seals all that is sent. */
    static Transport sealing(Transport transport) {
        return new Transport() {
            @Override
            public void send(MemberId to, Message message) {
                transport.send(to, new Sealed(message));
            }

            @Override
            public void multicast(Collection<MemberId> to, Message message) {
                transport.multicast(to, new Sealed(message));
            }
        };
    }

    private boolean isLeaseHeld() {
        return epochs.lease().isHeld();
    }

    Epochs epochs() {
        return epochs;
    }

    FastRead fastRead() {
        return fastRead;
    }

    Locks locks() {
        return locks;
    }

    @Override
    public void onMessage(MemberId from, Message sealed) {
        Message message = ((Sealed) sealed).message();
        if (message instanceof RegistrarMessage wish) {
            registrar.onMessage(from, wish);
        } else if (message instanceof EpochMessage news) {
            epochs.onMessage(from, news);
        } else {
            Protocol target = message instanceof FastReadMessage ? fastRead : locks;
            if (message instanceof Fenced fenced) {
                epochs.receive(from, fenced, target);
            } else {
                target.onMessage(from, message);
            }
        }
    }

    /** Only of the founding epoch: later ones come from the log. */
    @Override
    public void onEpoch(Epoch epoch) {
        epochs.begin(epoch);
    }

    void onPresent(MemberId member) {
        registrar.onPresent(member);
        epochs.onPresent(member);
    }

    @Override
    public void onGone(MemberId member) {
        registrar.onGone(member);
        epochs.onGone(member);
        Stream.of(fastRead, locks).forEach(protocol -> protocol.onGone(member));
    }

    @Override
    public void onTick(long nanos) {
        epochs.onTick(nanos);
        registrar.onTick(nanos);
        fastRead.onTick(nanos);
        locks.onTick(nanos);
        long joined = epochs.epoch().orElseThrow().joined().get(self);
        if (joined > syncedIn && fastRead.isSynced()) {
            syncedIn = joined;
            checker.synced(self, joined);
        }
    }
}

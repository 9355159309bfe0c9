package org.goaway.protocol.fastread;

import java.time.Duration;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.ShortNumbers;

/** Puts one member's parts together; a mutant makes one of them otherwise. */
class Assembly {

    /** Makes one member's parts. */
    @FunctionalInterface
    interface Factory {
        Assembly of(Member member);
    }

    /** What a member is given. */
    record Member(MemberId self, Transport transport, Clock clock, Lease lease) {}

    final Member member;

    Assembly(Member member) {
        this.member = member;
    }

    final FastRead build() {
        Synced synced = synced();
        Readers readers = new Readers(member.clock, readLease(), leaseTime());
        Copies copies = copies(synced, readers);
        return assemble(new FastRead.Parts(home(copies), copies, readers, snapshots(copies, synced), client(), synced));
    }

    FastRead assemble(FastRead.Parts parts) {
        return new FastRead(parts);
    }

    Synced synced() {
        return new Synced();
    }

    Lease readLease() {
        return member.lease;
    }

    Duration leaseTime() {
        return Duration.ofSeconds(2);
    }

    Copies copies(Synced synced, Readers readers) {
        return new AnyCopies(this, synced, readers);
    }

    Home home(Copies copies) {
        return new AnyHome(this, copies);
    }

    Snapshots snapshots(Copies copies, Synced synced) {
        return new AnySnapshots(this, copies, synced);
    }

    Client client() {
        return new AnyClient(this);
    }

    /** Copies to change one rule of. */
    static class AnyCopies extends Copies {
        AnyCopies(Assembly parts, Synced synced, Readers readers) {
            super(
                    parts.member.self,
                    parts.member.transport,
                    parts.member.clock,
                    (object, field, value) -> {},
                    parts.readLease(),
                    synced,
                    readers);
        }
    }

    /** A home to change one rule of. */
    static class AnyHome extends Home {
        AnyHome(Assembly parts, Copies copies) {
            super(
                    parts.member.self,
                    parts.member.transport,
                    parts.member.clock,
                    new ShortNumbers(),
                    parts.member.lease,
                    copies,
                    1 << 30);
        }
    }

    /** Snapshots to change one rule of. */
    static class AnySnapshots extends Snapshots {
        AnySnapshots(Assembly parts, Copies copies, Synced synced) {
            super(parts.member.self, parts.member.transport, parts.member.clock, copies, synced);
        }
    }

    /** A client to change one rule of. */
    static class AnyClient extends Client {
        AnyClient(Assembly parts) {
            super(parts.member.self, parts.member.transport, parts.member.clock, Duration.ofSeconds(10));
        }
    }
}

package org.goaway.protocol.membership;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/**
 * What {@link Epochs} needs of its member.
 *
 * @param transport reaches the other members
 * @param clock monotonic; read by any thread that asks for the lease
 * @param wallMillis the wall clock: it goes on while the host sleeps and the monotonic clock stands still
 * @param leader who leads the log as far as this member knows; empty: others are asked
 */
public record EpochPorts(
        Transport transport, Clock clock, LongSupplier wallMillis, Supplier<Optional<MemberId>> leader) {}

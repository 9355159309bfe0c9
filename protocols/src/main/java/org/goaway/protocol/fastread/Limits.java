package org.goaway.protocol.fastread;

import java.time.Duration;

/**
 * What bounds the waits for a fast-read object.
 *
 * @param lease how long a reader waits for a lease that is over
 * @param unsent how long an operation waits to be sent
 */
public record Limits(Duration lease, Duration unsent) {}

package org.goaway.protocol.fastread;

import java.time.Duration;

/**
 * What bounds fast-read objects and the waits for them.
 *
 * @param lease how long a reader waits for a lease that is over
 * @param unsent how long an operation waits to be sent
 * @param object how many bytes all fields of an object take at most, for they travel in one message to who comes in or lags.
 *     What else that message carries comes on top
 */
public record Limits(Duration lease, Duration unsent, long object) {}

/**
 * Runs the model checker TLC on the TLA+ modules of {@code src/spec}: the protocol's rules hold, and every rule that is
 * left out breaks a promise. {@code results.txt} there says what each configuration must give.
 */
package org.goaway.protocol.spec;

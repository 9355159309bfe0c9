package org.goaway.protocol;

/**
 * The permission to read local copies and to be inside a critical section (PROTOCOLS.md 1.2): while a member holds it, the
 * agreed epoch has the member in it, so nothing was committed without it.
 */
@FunctionalInterface
public interface Lease {

    /**
     * Whether this member holds its lease now. Any thread; reads the clock and blocks nobody. What is to be returned must
     * have been looked up <em>before</em> the call: a pause in between is harmless then (L3).
     */
    boolean isHeld();
}

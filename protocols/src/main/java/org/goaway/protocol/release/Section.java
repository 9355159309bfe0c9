package org.goaway.protocol.release;

/**
 * An entered section.
 *
 * @param token its fencing token
 * @param base the version of the copy that it started from; this member's copy keeps it until the section ends
 */
public record Section(long token, long base) {}

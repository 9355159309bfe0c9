/**
 * Frames: what is sent to one member is packed, cut, ordered and handed to the wire here, and arriving frames are taken
 * apart. Knows bytes only, neither JGroups nor the messages.
 */
package org.goaway.internal.cluster.packing;

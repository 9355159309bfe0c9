/** The transport's links, kept apart: what one member does not take holds up nothing that concerns the others. */
package org.goaway.internal.cluster.link;

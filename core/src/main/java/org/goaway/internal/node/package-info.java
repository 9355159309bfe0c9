/**
 * Composes a node: builds the other packages' parts in order, connects them, and closes them again. Holds the one table
 * of wire types.
 */
package org.goaway.internal.node;

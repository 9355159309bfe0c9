/** The commands of {@code ./goaway}. */
package org.goaway.cli;

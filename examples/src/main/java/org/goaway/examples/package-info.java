/** Small programs that show what GoAway does; {@code ./goaway example} lists them. */
package org.goaway.examples;

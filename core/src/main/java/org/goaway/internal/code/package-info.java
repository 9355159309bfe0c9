/**
 * Ships an application's code: what a member lacks is fetched from the member that started the program.
 *
 * <p>The rule of what comes from where: Java's own classes come from the node's Java, GoAway's own classes come from the
 * node ({@link org.goaway.internal.code.NodeClasses}), everything else comes from the origin, the member whose class
 * loader has the application's classes. So an application and the node may use different versions of any library, and an
 * application that was shaded together with GoAway works like any other.
 */
package org.goaway.internal.code;

/** Servers started by hand, which programs find by multicast. */
package org.goaway.usage.multicast;

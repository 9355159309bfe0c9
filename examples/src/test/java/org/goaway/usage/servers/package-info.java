/** Servers started by hand, which programs find at addresses that they are told. */
package org.goaway.usage.servers;

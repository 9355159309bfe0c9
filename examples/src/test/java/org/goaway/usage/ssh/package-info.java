/** Servers that a program starts on other machines over SSH. */
package org.goaway.usage.ssh;

/** Starts servers on other machines over SSH. The only user of Apache MINA SSHD. */
package org.goaway.internal.launch.ssh;

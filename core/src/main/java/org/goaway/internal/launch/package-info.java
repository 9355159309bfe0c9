/** Starts and stops server processes on this machine; what a server is to do reaches it on its standard input. */
package org.goaway.internal.launch;

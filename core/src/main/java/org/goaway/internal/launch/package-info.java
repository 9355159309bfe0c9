/** Starts and stops server processes, on this machine and on others; what a server is to do reaches it on its standard input. */
package org.goaway.internal.launch;

/** What goes wrong in users' programs: each gives a clear error or just works, and the cluster goes on. */
package org.goaway.usage.mishap;

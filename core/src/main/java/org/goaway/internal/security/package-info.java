/** Keys, certificates and the TLS that they make. */
package org.goaway.internal.security;

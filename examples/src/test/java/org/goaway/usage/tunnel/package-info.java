/** Members that talk through a router. */
package org.goaway.usage.tunnel;

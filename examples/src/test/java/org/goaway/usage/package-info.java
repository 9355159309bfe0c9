/** Uses GoAway as its users do: programs in processes of their own, compiled, packed and started in all the usual ways. */
package org.goaway.usage;

/** Who does not belong to a cluster, and does all that it can to disturb it. */
package org.goaway.usage.strangers;

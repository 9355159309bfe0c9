/** Programs whose classes come from all the places that programs come from; also run on the newest JDK. */
package org.goaway.usage.shipping;

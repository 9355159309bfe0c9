/** What tasks print and log, as programs see it. */
package org.goaway.usage.output;

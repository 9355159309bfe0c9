/** What the README shows, tried out. */
package org.goaway.usage.readme;

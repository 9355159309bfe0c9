/** Tasks on several members that wait for each other. */
package org.goaway.usage.together;

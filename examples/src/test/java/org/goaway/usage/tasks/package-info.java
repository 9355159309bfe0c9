/** Many tasks, and tasks that start tasks. */
package org.goaway.usage.tasks;

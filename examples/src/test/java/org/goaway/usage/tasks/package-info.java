/** Many tasks, tasks that start tasks, where tasks run, and why they wait. */
package org.goaway.usage.tasks;

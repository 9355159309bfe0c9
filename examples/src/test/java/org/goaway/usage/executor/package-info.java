/** Programs that use the cluster as an executor. */
package org.goaway.usage.executor;

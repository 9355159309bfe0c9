/** The benchmarks' command. */
package org.goaway.usage.bench;

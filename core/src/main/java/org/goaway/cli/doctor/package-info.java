/** {@code goaway doctor}. */
package org.goaway.cli.doctor;

package org.goaway.config;

import org.goaway.ConfigException;

/**
 * Where a setting was found.
 *
 * @param place a file, or which variable or property
 * @param line in the file, from 1; 0 for anything else
 */
record Origin(String place, int line) {

    /** The same problem, saying that it was found here. */
    ConfigException locate(ConfigException problem) {
        return problem.at(place, line);
    }

    @Override
    public String toString() {
        return line > 0 ? place + ":" + line : place;
    }
}

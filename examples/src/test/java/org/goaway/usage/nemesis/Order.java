package org.goaway.usage.nemesis;

import java.nio.file.Path;

/**
 * What one client is to do; travels to its member.
 *
 * @param name the client's name, {@code work@member}
 * @param number no other client of the round has it
 * @param round in the names of all objects of the round
 * @param start when the round began, on the clock of all processes
 * @param folder where the journals are, as all processes of this machine name it
 */
record Order(String name, Work work, int number, String round, long seed, long start, String folder) {

    Path journal() {
        return Path.of(folder, name + "." + number + ".journal");
    }

    /** While this file is there, clients go on. */
    Path goesOn() {
        return goesOn(Path.of(folder));
    }

    static Path goesOn(Path folder) {
        return folder.resolve("goes-on");
    }
}

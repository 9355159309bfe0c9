package org.goaway.usage.nemesis;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.goaway.GoAway;
import org.goaway.UpdateOnRelease;

/** A section that is entered before its member is cut off and left after it is back, and one of the others meanwhile. */
final class HeldSection {

    static final String KEY = "held";

    private static final UpdateOnRelease held = GoAway.updateOnRelease("nemesis-held");
    private static final Duration WAITS = Duration.ofSeconds(30);
    private static final int CELLS = 4;

    private HeldSection() {}

    /** Enters, changes all kinds of fields, and releases when the writers are told to end: that must be refused. */
    static void run(Writing writing) throws Exception {
        boolean[] entered = {false};
        writing.run(
                writer -> {
                    if (!entered[0]) {
                        entered[0] = true;
                        writer.record(KEY, "enter", () -> enter(writer.member(), 0));
                    }
                },
                writer -> writer.record(KEY, "release", () -> {
                    held.release();
                    return null;
                }));
    }

    private static boolean enter(String member, int cell) {
        if (!held.tryAcquire(WAITS)) {
            return false;
        }
        held.set("by", member);
        held.array("cells", long[].class, CELLS)[cell] = 1;
        return true;
    }

    /** Does the same in a section that counts, once the one before is given up. */
    static void takeOver(String member) {
        if (!enter(member, 1)) {
            throw new AssertionError("the section of a member that is cut off is not given up");
        }
        held.release();
    }

    /** What the member where this runs has now. */
    static Map<String, String> seen() {
        Map<String, String> seen = new TreeMap<>();
        seen.put("by", String.valueOf(held.get("by")));
        long[] cells = held.array("cells", long[].class, CELLS);
        for (int i = 0; i < CELLS; i++) {
            seen.put("cell " + i, Long.toString(cells[i]));
        }
        return seen;
    }
}

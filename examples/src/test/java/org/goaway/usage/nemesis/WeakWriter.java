package org.goaway.usage.nemesis;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.goaway.GoAway;
import org.goaway.Weak;

/**
 * Sets fields of one weak object: many of its own to the same number, so that a loss in the midst of them shows, and those
 * that all writers set and remove.
 */
final class WeakWriter {

    static final String KEY = "weak";
    static final int OWN = 40;

    static final int SHARED = 8;
    static final String SHARED_FIELD = "shared-";
    private static final int REMOVED_OF = 5;
    private static final int SETS_A_SYNC = 50;
    private static final String FILL = "-".repeat(200);
    private static final Weak fields = GoAway.weak("nemesis");

    private WeakWriter() {}

    static void run(Writing writing) throws Exception {
        long[] number = {0};
        writing.run(writer -> set(writer, ++number[0]));
    }

    private static void set(Writing.Writer writer, long number) throws IOException {
        writer.record(KEY, "set " + number, () -> {
            for (int i = 0; i < OWN; i++) {
                fields.set(own(writer.member(), i), number + FILL);
            }
            fields.set(SHARED_FIELD + number % SHARED, shared(writer.member(), number));
            return number;
        });
        if (number % SETS_A_SYNC == 0) {
            writer.record(KEY, "sync " + number, () -> {
                fields.sync();
                return number;
            });
        }
    }

    static String own(String member, int field) {
        return member + "-" + field;
    }

    /** What it sets, in its turn, in a field that all set; null: it removes that. */
    static String shared(String member, long number) {
        return number % REMOVED_OF == 0 ? null : member + " " + number;
    }

    /** What the member where this runs has now. */
    static Map<String, String> seen() {
        Map<String, String> seen = new TreeMap<>();
        for (String field : fields.fields()) {
            String value = fields.get(field, String.class);
            if (value != null) {
                seen.put(field, value.replace(FILL, ""));
            }
        }
        return seen;
    }
}

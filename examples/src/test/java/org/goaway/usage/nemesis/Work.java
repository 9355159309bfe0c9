package org.goaway.usage.nemesis;

import java.util.Random;
import org.goaway.GoAway;
import org.goaway.LinearizableObject;

/** What a client does. */
enum Work {
    /** Reads a LinFastRead object that is written once: what should never stop. */
    QUIET_READS {
        @Override
        void step(Desk desk) throws Exception {
            String key = desk.quietKey();
            desk.ask(key, desk.seen(key) == null ? new Asked.Swap(null, QUIET) : new Asked.Get());
            if (desk.seen(key) == null) {
                desk.ask(key, new Asked.Get());
            }
        }
    },
    /** Reads the objects that the clients of {@link #FAST} write; they wait for a write that is under way. */
    FAST_READS {
        @Override
        void step(Desk desk) throws Exception {
            Kind kind = desk.any(Kind.values());
            desk.ask(desk.key(FAST_STORE, kind), new Asked.Get());
        }
    },
    /** Reads and writes LinFastRead objects. */
    FAST {
        @Override
        void step(Desk desk) throws Exception {
            Work.ask(desk, FAST_STORE);
        }
    },
    /** Reads and writes StrictCentralized objects. */
    STRICT {
        @Override
        void step(Desk desk) throws Exception {
            Work.ask(desk, STRICT_STORE);
        }
    },
    /** Takes locks, and within them counts by a read and a write. */
    LOCKS {
        @Override
        void step(Desk desk) throws Exception {
            Section.run(desk);
        }
    };

    static final String FAST_STORE = "fast";
    static final String STRICT_STORE = "strict";
    /** In the name of the object that is written once, and its value. */
    static final String QUIET_NAME = "quiet";

    static final long QUIET = 1;

    /** One step of a client's loop. */
    abstract void step(Desk desk) throws Exception;

    /** What a field is used as, for its whole life. */
    enum Kind {
        REGISTER {
            @Override
            Asked write(Desk desk, Long seen) {
                return new Asked.Put(desk.unique());
            }
        },
        SWAPPED {
            @Override
            Asked write(Desk desk, Long seen) {
                return new Asked.Swap(seen, desk.unique());
            }
        },
        SUM {
            @Override
            Asked write(Desk desk, Long seen) {
                return new Asked.Add(desk.unique());
            }
        },
        UPDATED {
            @Override
            Asked write(Desk desk, Long seen) {
                return new Asked.Update(desk.unique());
            }
        },
        SET {
            @Override
            Asked write(Desk desk, Long seen) {
                return new Asked.Include(desk.unique());
            }
        };

        /** A write for such a field, where its value was {@code seen} last. */
        abstract Asked write(Desk desk, Long seen);
    }

    private static void ask(Desk desk, String store) throws Exception {
        Kind kind = desk.any(Kind.values());
        String key = desk.key(store, kind);
        Random random = desk.random();
        int share = kind == Kind.SWAPPED ? 2 : 3;
        desk.ask(key, random.nextInt(share) == 0 ? new Asked.Get() : kind.write(desk, desk.seen(key)));
    }

    /** The object that a key names, on the member where this runs. */
    static LinearizableObject object(String key) {
        String name = key.substring(key.indexOf(':') + 1);
        return key.startsWith(FAST_STORE) ? GoAway.linFastRead(name) : GoAway.strictCentralized(name);
    }
}

package org.goaway.usage.nemesis;

import org.goaway.usage.Lan;

/** Servers on machines of a network, whose links can be cut and healed. */
interface OnLan extends Ground {

    Lan lan();

    @Override
    default void cut(String from, String to) {
        lan().cut(Lan.number(from), Lan.number(to));
    }

    @Override
    default void heal() {
        lan().heal();
    }
}

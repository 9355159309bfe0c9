package org.goaway.usage.nemesis;

import java.util.List;
import org.goaway.usage.Lan;

/** Servers on machines of a network, whose links can be cut and healed. */
interface OnLan extends Ground {

    Lan lan();

    @Override
    default void cut(List<Way> ways) {
        lan().cut(ways.stream()
                .map(way -> new Lan.Way(Lan.number(way.from()), Lan.number(way.to())))
                .toList());
    }

    @Override
    default void heal() {
        lan().heal();
    }
}

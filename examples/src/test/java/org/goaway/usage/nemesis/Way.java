package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What leads from one member to another, either by their names or by their addresses. */
record Way(String from, String to) {

    /** From one to each of the others and back. */
    static List<Way> between(String one, Collection<String> others) {
        List<Way> ways = new ArrayList<>();
        for (String other : others) {
            ways.add(new Way(one, other));
            ways.add(new Way(other, one));
        }
        return ways;
    }
}

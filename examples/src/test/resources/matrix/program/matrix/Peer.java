package matrix;

import java.util.function.Supplier;

/** A service, too: public with a constructor without arguments, as ServiceLoader wants it. */
public final class Peer implements Greeter, Supplier<String> {

    final String name;

    public Peer() {
        this("served");
    }

    Peer(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String get() {
        return toString();
    }

    @Override
    public String toString() {
        return "Peer " + name;
    }
}

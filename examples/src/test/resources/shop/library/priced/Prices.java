package priced;

/** A library of the program's own. */
public final class Prices {

    private Prices() {}

    public static long of(String what) {
        return what.length() * 10L;
    }
}

package late;

/** Comes late. */
public final class Part {
    @Override
    public String toString() {
        return "came late";
    }
}

package org.goaway.protocol.diff;

import java.util.ArrayList;
import java.util.List;
import org.goaway.protocol.Value;

/**
 * The bytes of a value that is made only when somebody reads it: a large array that is edited in each section, and read in
 * place, is never copied for an edit. What it keeps is bounded by half of the value.
 */
final class Patched implements Value.Source {

    /** What is smaller is made at once. */
    private static final int LARGE = 4 << 10;

    private static final int MOST = 64;

    private final Value root;
    private final List<Patch> patches;
    private final int length;

    private Patched(Value root, List<Patch> patches, int length) {
        this.root = root;
        this.patches = patches;
        this.length = length;
    }

    /** The value that {@code patch} makes of {@code base}. */
    static Value of(Value base, Patch patch) {
        Value root = base;
        List<Patch> patches = new ArrayList<>();
        if (base.source() instanceof Patched earlier) {
            root = earlier.root;
            patches.addAll(earlier.patches);
        }
        if (base.length() != patch.baseLength()) {
            throw new IllegalArgumentException(patch + " does not fit on " + base.length() + " bytes");
        }
        patches.add(patch);
        Patched made = new Patched(root, List.copyOf(patches), patch.length());
        return made.isWorthKeeping() ? Value.from(made) : Value.of(made.bytes());
    }

    private boolean isWorthKeeping() {
        long kept = patches.stream().mapToLong(patch -> patch.bytes().length).sum();
        return length >= LARGE && patches.size() <= MOST && kept <= length / 2;
    }

    @Override
    public byte[] bytes() {
        byte[] bytes = root.bytes();
        boolean own = false;
        for (Patch patch : patches) {
            if (!patch.isInPlace()) {
                bytes = patch.applyTo(bytes);
            } else {
                bytes = own ? bytes : bytes.clone();
                patch.overwrite(bytes);
            }
            own = true;
        }
        return bytes;
    }

    @Override
    public int length() {
        return length;
    }
}

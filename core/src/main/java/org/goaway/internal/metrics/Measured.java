package org.goaway.internal.metrics;

import java.util.List;

/** Something that is measured. */
public interface Measured {

    /** Always the same ones; they live as long as what they measure. */
    List<Figure> figures();
}

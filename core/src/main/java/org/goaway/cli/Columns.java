package org.goaway.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in columns; the last one is as wide as it wants to be. */
final class Columns {

    private final List<List<String>> lines = new ArrayList<>();

    Columns(String... heads) {
        line(heads);
    }

    void line(String... cells) {
        lines.add(List.of(cells));
    }

    @Override
    public String toString() {
        int last = lines.get(0).size() - 1;
        int[] widths = new int[last];
        for (List<String> line : lines) {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < last; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            text.append(line.get(last)).append('\n');
        }
        return text.toString();
    }
}

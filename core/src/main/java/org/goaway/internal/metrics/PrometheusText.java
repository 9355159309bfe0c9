package org.goaway.internal.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures in Prometheus's text format 0.0.4, by the names that Micrometer's registry for Prometheus would give them. */
final class PrometheusText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Whole numbers below are exact. */
    private static final double EXACT = 1L << 53;

    private final StringBuilder text = new StringBuilder();

    private PrometheusText() {}

    static String of(List<Figure> figures) {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        figures.forEach(figure ->
                byName.computeIfAbsent(name(figure), any -> new ArrayList<>()).add(figure));
        PrometheusText text = new PrometheusText();
        byName.forEach(text::add);
        return text.text.toString();
    }

    private static String name(Figure figure) {
        String unit = figure.unit().isEmpty() ? "" : "_" + figure.unit();
        return figure.name().replace('.', '_') + unit + (figure.type() == Figure.Type.COUNTER ? "_total" : "");
    }

    private void add(String name, List<Figure> figures) {
        Figure first = figures.get(0);
        String type = switch (first.type()) {
            case GAUGE -> "gauge";
            case COUNTER -> "counter";
            case TIMER -> "summary";
        };
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(first.help()))
                .append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        for (Figure figure : figures) {
            if (figure.type() == Figure.Type.TIMER) {
                addSample(name + "_count", figure.tags(), (double) figure.counted());
                addSample(name + "_sum", figure.tags(), figure.value());
            } else {
                addSample(name, figure.tags(), figure.value());
            }
        }
    }

    private void addSample(String name, Map<String, String> tags, double value) {
        text.append(name);
        char before = '{';
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            text.append(before).append(tag.getKey()).append("=\"");
            text.append(escaped(tag.getValue()).replace("\"", "\\\"")).append('"');
            before = ',';
        }
        text.append("} ").append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}

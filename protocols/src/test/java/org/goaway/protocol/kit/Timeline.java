package org.goaway.protocol.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.kit.History.Call;
import org.goaway.protocol.kit.History.End;

/** Draws calls as text: one line for each start and each return, from top to bottom; one lane for each client. */
public final class Timeline {

    private static final String RUNNING = "|";

    private final List<Call> calls;
    private final List<String> clients;
    private final Map<Long, Call> events = new TreeMap<>();

    private Timeline(List<Call> calls) {
        this.calls = calls;
        this.clients =
                new ArrayList<>(new TreeSet<>(calls.stream().map(Call::client).toList()));
        calls.forEach(call -> {
            events.put(call.called(), call);
            if (call.ended() != Long.MAX_VALUE) {
                events.put(call.ended(), call);
            }
        });
    }

    /** What is wrong, and the calls that show it. */
    static String of(LinearizabilityChecker.Violation violation) {
        Call bad = violation.unplaced();
        return "'" + bad.key() + "' is not linearizable: #" + bad.id() + " " + bad.operation() + " of " + bad.client()
                + " cannot have returned " + bad.result() + ".\nStates possible just before that return: "
                + violation.states() + "\n" + of(violation.calls());
    }

    /** The calls of one or of several keys. */
    public static String of(List<Call> calls) {
        return new Timeline(calls).draw();
    }

    private String draw() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("event", "ms"));
        head.addAll(clients);
        rows.add(head);
        events.forEach((at, call) -> rows.add(row(at, call)));
        int[] widths = new int[head.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
    }

    private List<String> row(long at, Call call) {
        boolean start = at == call.called();
        List<String> row = new ArrayList<>();
        row.add(Long.toString(at));
        row.add(milliseconds(start ? call.calledNanos() : call.endedNanos()));
        for (String client : clients) {
            if (client.equals(call.client())) {
                row.add(start ? started(call) : "< #" + call.id() + " " + call.result());
            } else {
                row.add(runs(client, at) ? RUNNING : "");
            }
        }
        return row;
    }

    private static String started(Call call) {
        boolean open = call.end() == End.UNKNOWN || call.end() == End.OPEN;
        return "> #" + call.id() + " " + call.operation() + (open ? " ?" : "");
    }

    private boolean runs(String client, long at) {
        return calls.stream()
                .anyMatch(call -> call.client().equals(client)
                        && call.ended() != Long.MAX_VALUE
                        && call.called() < at
                        && at < call.ended());
    }

    private static String milliseconds(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.3f", nanos / 1_000_000.0);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}

package org.goaway.protocol.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.goaway.protocol.kit.History.Call;
import org.goaway.protocol.kit.History.End;
import org.goaway.protocol.kit.RegisterModel.Add;
import org.goaway.protocol.kit.RegisterModel.Cas;
import org.goaway.protocol.kit.RegisterModel.Read;
import org.goaway.protocol.kit.RegisterModel.Write;
import org.junit.jupiter.api.Test;

/** The checker against the definition: some order of the calls that respects time is legal. */
class LinearizabilityCheckerBruteForceTest {

    private static final int HISTORIES = 10_000;
    private static final int MOST_CALLS = 7;

    private final RegisterModel model = new RegisterModel();

    @Test
    void shouldAgreeWithTryingAllOrders() {
        int good = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = random(new Random(seed));
            List<Call> calls = history.calls().stream()
                    .filter(call -> call.end() != End.NOT_DONE)
                    .toList();
            boolean legal = someOrder(calls, 0, model.initial());
            assertThat(LinearizabilityChecker.violation(history, model).isEmpty())
                    .as("seed %s\n%s", seed, Timeline.of(calls))
                    .isEqualTo(legal);
            good += legal ? 1 : 0;
        }
        assertThat(good).as("good ones among them").isBetween(HISTORIES / 5, HISTORIES * 4 / 5);
    }

    /** Whether the calls not in {@code placed} (a set of bits) can follow in {@code state}. */
    private boolean someOrder(List<Call> calls, int placed, Optional<Object> state) {
        boolean complete = true;
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if ((placed & 1 << i) != 0) {
                continue;
            }
            complete &= call.end() != End.RETURNED;
            if (mayBeNext(calls, placed, call)) {
                Optional<Optional<Object>> next = call.end() == End.RETURNED
                        ? model.step(state, call.operation(), call.result())
                        : Optional.of(model.stepUnknown(state, call.operation()));
                if (next.isPresent() && someOrder(calls, placed | 1 << i, next.get())) {
                    return true;
                }
            }
        }
        return complete;
    }

    private static boolean mayBeNext(List<Call> calls, int placed, Call next) {
        for (int i = 0; i < calls.size(); i++) {
            if ((placed & 1 << i) == 0 && calls.get(i).ended() < next.called()) {
                return false;
            }
        }
        return true;
    }

    /** A history of some object that is nearly a register: about half of them are linearizable. */
    private static History random(Random random) {
        History history = new History();
        int clients = 2 + random.nextInt(3);
        Integer[] open = new Integer[clients];
        Object[] results = new Object[clients];
        Object value = null;
        int left = 2 + random.nextInt(MOST_CALLS - 1);
        while (left > 0) {
            int client = random.nextInt(clients);
            if (open[client] == null) {
                RegisterModel.Call operation = operation(random);
                open[client] = history.invoke("c" + client, "x", operation);
                Object seen = random.nextInt(3) == 0 ? Long.valueOf(random.nextInt(3)) : value;
                results[client] = result(operation, seen);
                value = random.nextInt(3) == 0 ? value : operation.next(seen);
                left--;
            } else {
                end(history, open[client], results[client], random);
                open[client] = null;
            }
        }
        return history;
    }

    private static void end(History history, int call, Object result, Random random) {
        int how = random.nextInt(10);
        if (how == 0) {
            history.notDone(call);
        } else if (how <= 2) {
            history.unknown(call);
        } else {
            history.returned(call, result);
        }
    }

    private static RegisterModel.Call operation(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Write((long) random.nextInt(3));
            case 1 -> new Cas((long) random.nextInt(3), (long) random.nextInt(3));
            case 2 -> new Add(1);
            default -> new Read();
        };
    }

    private static Object result(RegisterModel.Call operation, Object value) {
        if (operation instanceof Cas cas) {
            return cas.expected().equals(value);
        }
        return operation instanceof Write ? null : operation.next(value);
    }
}

package org.goaway.protocol.lock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/** Tells every home of an epoch what this member holds there, until it has confirmed (H1). On the event loop only. */
final class Reporter {

    private record Unconfirmed(Report report, Repeat repeat) {}

    private final Transport transport;
    private final Map<MemberId, Unconfirmed> homes = new HashMap<>();

    Reporter(Transport transport) {
        this.transport = transport;
    }

    /** Nobody waits for the report of a member that comes in with this epoch. */
    void onEpoch(Epoch epoch, MemberId self, List<Report.Hold> holds, long now) {
        homes.clear();
        if (epoch.joined().get(self) == epoch.number()) {
            return;
        }
        Map<MemberId, List<Report.Hold>> byHome = new LinkedHashMap<>();
        epoch.full().forEach(home -> byHome.put(home, new ArrayList<>()));
        holds.forEach(hold -> byHome.get(epoch.home(hold.lock())).add(hold));
        byHome.forEach((home, reported) -> {
            Report report = new Report(epoch.number(), reported);
            homes.put(home, new Unconfirmed(report, new Repeat(now)));
            transport.send(home, report);
        });
    }

    void onReported(MemberId home) {
        homes.remove(home);
    }

    void onTick(long nanos) {
        homes.forEach((home, unconfirmed) -> {
            if (unconfirmed.repeat().isDue(nanos)) {
                transport.send(home, unconfirmed.report());
            }
        });
    }
}

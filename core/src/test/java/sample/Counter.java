package sample;

import static org.goaway.GoAway.goaway;

import java.util.ArrayList;
import org.goaway.Cluster;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.StrictCentralized;

/** The first program, which must compile as the documents show it. */
public class Counter {

    static final ClusterLock lock = GoAway.lock("lock");
    static final StrictCentralized s = GoAway.strictCentralized("s");

    static void increase(long value) {
        try (var held = lock.hold()) {
            s.set("counter", s.get("counter", 0L) + value);
        }
    }

    public static void main(String[] args) throws Exception {
        try (Cluster cluster = GoAway.init(args)) {
            var tasks = new ArrayList<RemoteTask<Void>>();
            for (int i = 0; i < 10; i++) {
                tasks.add(goaway(Counter::increase, 1L));
            }
            for (var t : tasks) {
                t.join();
            }
            System.out.println(s.get("counter", 0L));
        }
    }
}

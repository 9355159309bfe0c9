package loaded;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.goaway.GoAway;

/** A class of a loader that its host makes: counts, on the server, how often it was asked there. */
public class Plugin implements Callable<List<Integer>> {

    private static final AtomicInteger asked = new AtomicInteger();

    static int ask() {
        return asked.incrementAndGet();
    }

    @Override
    public List<Integer> call() {
        int first = GoAway.call(Plugin::ask).join();
        int second = GoAway.call(Plugin::ask).join();
        return List.of(first, second);
    }
}

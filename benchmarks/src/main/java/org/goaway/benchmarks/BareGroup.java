package org.goaway.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Three processes of bare jgroups-raft. */
final class BareGroup implements AutoCloseable {

    private static final int VOTERS = 3;

    private final List<ChildJava> voters = new ArrayList<>();
    private ChildJava leader;
    private ChildJava follower;

    /** Starts them, and returns when one leads. */
    BareGroup() throws IOException, InterruptedException {
        try {
            form();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void form() throws IOException {
        List<String> ids = new ArrayList<>();
        String port = "0";
        for (int i = 0; i < VOTERS; i++) {
            ChildJava voter = new ChildJava(BareVoter.class.getName(), "bare-" + i, port);
            voters.add(voter);
            String[] answer = voter.answer().split(" ", -1);
            ids.add(answer[0]);
            port = i == 0 ? answer[1] : port;
        }
        for (ChildJava voter : voters) {
            voter.say("vote " + String.join(",", ids));
        }
        for (ChildJava voter : voters) {
            if (Boolean.parseBoolean(voter.answer())) {
                leader = voter;
            } else {
                follower = voter;
            }
        }
        if (leader == null) {
            throw new IOException("no voter of the bare group says that it leads");
        }
    }

    /** What all voters take. */
    ProcessorTime processorTime() {
        return new ProcessorTime(voters.stream().map(ChildJava::handle).toList());
    }

    /** The median of a set in microseconds, one at a time. */
    double latency(boolean atLeader, int millis) throws IOException {
        return Double.parseDouble((atLeader ? leader : follower).ask("latency " + millis));
    }

    /** Sets per second of so many threads. */
    double rate(boolean atLeader, int threads, int millis) throws IOException {
        return Double.parseDouble((atLeader ? leader : follower).ask("rate " + threads + " " + millis));
    }

    /** Calls per second of so many threads for which nothing is done. */
    double crowd(int threads, int millis) throws IOException {
        return Double.parseDouble(leader.ask("crowd " + threads + " " + millis));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (ChildJava voter : voters) {
            voter.close();
        }
    }
}

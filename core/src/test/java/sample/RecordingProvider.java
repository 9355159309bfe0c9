package sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.ClusterProvider;
import org.goaway.TaskContext;

/** A runtime whose clusters are {@link Recorder}s; {@link Isolated} puts it in the place of the real one. */
public final class RecordingProvider implements ClusterProvider {

    static final List<String> CALLS = new ArrayList<>();

    /** The cluster of the task that all threads are in; null: they are in none. */
    static Cluster here;

    @Override
    public Cluster start(ClusterConfig code, Path file, Class<?> caller) {
        CALLS.add(
                "start(" + code.launch() + ", " + code.localServers() + ", " + file + ") by " + caller.getSimpleName());
        return Recorder.cluster(CALLS);
    }

    @Override
    public Cluster currentInTask() {
        return here;
    }

    @Override
    public TaskContext task() {
        return null;
    }
}

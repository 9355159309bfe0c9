package org.goaway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultClusterTest {

    private static final ClusterConfig CONFIG = ClusterConfig.builder().build();

    private final Fakes runtime = new Fakes();
    private final DefaultCluster cluster = new DefaultCluster(List.of(runtime));

    @Test
    void shouldSayThatThereIsNoRuntime() {
        DefaultCluster alone = new DefaultCluster(List.of());

        assertThatThrownBy(alone::current)
                .isInstanceOf(GoAwayException.class)
                .hasMessageStartingWith("GoAway's runtime is not on the class path: it is in goaway-core");
    }

    @Test
    void shouldSayToCallInitFirst() {
        assertThatThrownBy(cluster::current)
                .isInstanceOf(ClusterClosedException.class)
                .hasMessage("There is no cluster yet: call GoAway.init() first");
    }

    @Test
    void shouldStartNothingForAConfigurationThatIsNull() {
        assertThatThrownBy(() -> GoAway.init((Path) null)).hasMessage("configFile");
        assertThatThrownBy(() -> GoAway.init((ClusterConfig) null)).hasMessage("config");
        assertThatThrownBy(() -> Cluster.start(null)).hasMessage("config");
    }

    @Test
    void shouldGiveWhatWasOpened() {
        Cluster opened = cluster.open(CONFIG, null, getClass());

        assertThat(cluster.current()).isSameAs(opened);
    }

    @Test
    void shouldNameTheOpenClusterToASecondInit() {
        cluster.open(CONFIG, null, getClass());

        assertThatThrownBy(() -> cluster.open(CONFIG, null, getClass()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cluster 'fake-1' is open: close it before GoAway.init()");
        assertThat(runtime.started).hasSize(1);
    }

    @Test
    void shouldAllowAnotherBesideTheDefaultOne() {
        Cluster opened = cluster.open(CONFIG, null, getClass());

        assertThat(cluster.start(CONFIG, null, getClass())).isNotSameAs(opened);
        assertThat(cluster.current()).isSameAs(opened);
    }

    @Test
    void shouldOpenAgainAfterClose() {
        cluster.open(CONFIG, null, getClass());
        runtime.closed.add("fake-1");
        assertThatThrownBy(cluster::current)
                .isInstanceOf(ClusterClosedException.class)
                .hasMessage("Cluster 'fake-1' was closed: call GoAway.init() again");

        Cluster second = cluster.open(CONFIG, null, getClass());

        assertThat(cluster.current()).isSameAs(second);
        assertThat(runtime.awaited)
                .as("whose end was waited for before the next start")
                .containsExactly("fake-1");
    }

    @Test
    void shouldStayWithoutClusterWhenTheStartFails() {
        runtime.failure = new GoAwayException("port 9060 is in use");
        assertThatThrownBy(() -> cluster.open(CONFIG, null, getClass())).isSameAs(runtime.failure);
        assertThatThrownBy(cluster::current).isInstanceOf(ClusterClosedException.class);

        runtime.failure = null;
        assertThat(cluster.open(CONFIG, null, getClass()).name()).isEqualTo("fake-1");
    }

    @Test
    void shouldMeanTheTasksNodeInsideATask() {
        cluster.open(CONFIG, null, getClass());
        runtime.inTask = runtime.start(CONFIG, null, getClass());

        assertThat(cluster.current()).isSameAs(runtime.inTask);
        assertThatThrownBy(() -> cluster.open(CONFIG, null, getClass()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This is a task, which runs on a node of cluster 'fake-2'");
    }

    @Test
    void shouldRefuseToTellOfATaskOutsideOne() {
        assertThatThrownBy(cluster::task)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This is no task");
    }

    /** Clusters that only have a name. */
    private static final class Fakes implements ClusterProvider {

        private final List<String> started = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();
        private final List<String> awaited = new ArrayList<>();
        private GoAwayException failure;
        private Cluster inTask;

        @Override
        public Cluster start(ClusterConfig code, Path file, Class<?> caller) {
            if (failure != null) {
                throw failure;
            }
            String name = "fake-" + (started.size() + 1);
            started.add(name);
            return (Cluster) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Cluster.class},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "name", "toString" -> name;
                        case "isClosed" -> closed.contains(name);
                        case "close" -> close(name);
                        case "equals" -> proxy == args[0];
                        default -> throw new AssertionError(method);
                    });
        }

        private Void close(String name) {
            awaited.add(name);
            return null;
        }

        @Override
        public Cluster currentInTask() {
            return inTask;
        }

        @Override
        public TaskContext task() {
            return null;
        }
    }
}

package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.goaway.Cluster;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.protocol.membership.Registrar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailingProtocolIT extends NodesOfOneProcess {

    /** From now on its ticks throw, and no other part of it is used at a member that does not lead. */
    private static void breaks(Registrar registrar) throws ReflectiveOperationException {
        Field times = Registrar.class.getDeclaredField("times");
        times.setAccessible(true);
        times.set(registrar, null);
    }

    private static Object part(Object whole, String name) throws ReflectiveOperationException {
        Field part = whole.getClass().getDeclaredField(name);
        part.setAccessible(true);
        return part.get(whole);
    }

    /** That a task runs is told by the tick of the tasks, which comes after all protocols. */
    @Test
    void shouldLetTheOthersTick() throws Exception {
        Node founder = founded();
        Node server = server("server-1");
        server.begun().get();
        breaks(((NodeProtocols) part(server, "protocols")).registrar());

        Cluster cluster = founder.cluster(getClass().getClassLoader());
        TaskOptions there =
                TaskOptions.builder().on(founder.members().named("server-1")).build();
        RemoteTask<Void> task = cluster.run(there, () -> Thread.sleep(60_000));
        while (task.status() == TaskStatus.PENDING) {
            Thread.sleep(10);
        }

        assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
        task.cancel(true);
    }
}

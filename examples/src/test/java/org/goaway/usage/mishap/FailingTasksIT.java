package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.Socket;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.NotTransferableException;
import org.goaway.RemoteRunnable;
import org.goaway.RemoteTaskException;
import org.goaway.WrongTypeException;
import org.goaway.usage.mishap.Trouble.OutOfStock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mistakes in programs, on one cluster that goes on through all of them. */
@Tag("process")
class FailingTasksIT {

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = GoAway.init(
                ClusterConfig.builder().localServers(2).spawnerTasks(false).build());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void clusterGoesOn() {
        assertThat(cluster.members()).hasSize(3);
        for (String server : new String[] {"server-1", "server-2"}) {
            assertThat(cluster.call(Servers.on(cluster, server), Trouble::whoAmI)
                            .join())
                    .isEqualTo(server);
        }
    }

    @Test
    void shouldNameTheVariableThatCannotTravel() throws Exception {
        try (Socket conn = new Socket()) {
            RemoteRunnable work = () -> conn.close();

            assertThatThrownBy(() -> cluster.run(work))
                    .isInstanceOf(NotTransferableException.class)
                    .hasMessageContainingAll(
                            "java.net.Socket", "'conn'", getClass().getName());
        }
    }

    @Test
    void shouldGiveBackWhatATaskThrewWithItsRemoteFrames() {
        Throwable checked = thrownBy(Trouble::throwsChecked);
        Throwable unchecked = thrownBy(Trouble::throwsUnchecked);
        Throwable error = thrownBy(Trouble::throwsError);
        Throwable own = thrownBy(Trouble::throwsItsOwn);

        assertThat(checked).isInstanceOf(IOException.class).hasMessage("disk full");
        assertThat(unchecked).isInstanceOf(ArithmeticException.class).hasMessage("no such number");
        assertThat(error).isInstanceOf(StackOverflowError.class);
        assertThat(own).isInstanceOf(OutOfStock.class);
        assertThat(((OutOfStock) own).what()).isEqualTo("pears");
        for (Throwable thrown : new Throwable[] {checked, unchecked, error, own}) {
            assertThat(thrown.getStackTrace())
                    .anySatisfy(frame -> assertThat(frame.getClassName()).isEqualTo(Trouble.class.getName()));
        }
    }

    @Test
    void shouldTakeTheResultOfATaskThatPrintedUntilItsStackWasUsedUp() {
        String line = "deep ".repeat(4_000);
        for (int i = 0; i < 5; i++) {
            assertThat(cluster.call(Servers.on(cluster, "server-2"), () -> Trouble.printsWhereTheStackEnds(line))
                            .join())
                    .isPositive();
        }
    }

    @Test
    void shouldTellInWordsOfAnExceptionThatCannotTravel() {
        Throwable thrown = thrownBy(Trouble::throwsWhatCannotTravel);

        assertThat(thrown.toString()).contains("BadConnection", "the line is dead", "java.lang.Thread");
        assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("throwsWhatCannotTravel");
    }

    private static Throwable thrownBy(RemoteRunnable work) {
        var task = cluster.run(Servers.on(cluster, "server-2"), work);
        RemoteTaskException thrown = catchThrowableOfType(RemoteTaskException.class, task::join);
        assertThat(thrown).hasMessageContainingAll("server-2", task.id());
        return thrown.getCause();
    }

    @Test
    void shouldRefuseASecondInitAndNameTheOpenCluster() {
        assertThatThrownBy(GoAway::init)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'" + cluster.name() + "'");
    }

    @Test
    void shouldNameObjectFieldAndTypesWhereAnotherTypeIsAskedFor() {
        for (var object : new org.goaway.SharedObject[] {
            cluster.strictCentralized("typed"), cluster.linFastRead("typed"), cluster.weak("typed")
        }) {
            object.set("field", "text");

            assertThatThrownBy(() -> object.get("field", 1L))
                    .isInstanceOf(WrongTypeException.class)
                    .hasMessageContainingAll("typed", "field", "String", "Long");
            assertThat(object.get("field")).isEqualTo("text");
        }
    }
}

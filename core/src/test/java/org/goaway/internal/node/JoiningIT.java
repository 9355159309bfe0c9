package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.Registration;
import org.goaway.Weak;
import org.junit.jupiter.api.Test;

/** A member that joins a cluster that runs, on nodes of this process. */
class JoiningIT extends NodesOfOneProcess {

    @Test
    void shouldGetWhatWeakObjectsHold() {
        Node founder = founded("server-1", "server-2");
        weak(founder).set("x", "set before it came");
        weak(founder).sync();

        Weak there = weak(server("server-3"));
        CompletableFuture<Object> seen = new CompletableFuture<>();
        try (Registration registration = there.onChange("x", seen::complete)) {
            Object before = there.get("x");
            Object found = before != null
                    ? before
                    : seen.completeOnTimeout("nothing", 20, TimeUnit.SECONDS).join();

            assertThat(found).isEqualTo("set before it came");
        }
    }

    private Weak weak(Node node) {
        return node.cluster(getClass().getClassLoader()).weak("w");
    }
}

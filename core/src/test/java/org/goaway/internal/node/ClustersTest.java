package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.goaway.ClusterClosedException;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.CodeCache;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class ClustersTest {

    private static final MemberId ORIGIN = new MemberId(0, 1);

    @Test
    void shouldRefuseProgramThatHasEnded() {
        Clusters clusters = new Clusters(null, known -> new NodeCluster(null, known, null, null, null));
        try (Applications applications = new Applications(
                new MemberId(0, 2),
                (to, message, atMost) -> new CompletableFuture<>(),
                loader -> new Codec(loader, null),
                new CodeCache(1 << 20),
                Object::toString,
                List.of())) {
            Application program = applications.of(new CodeVersion(ORIGIN, 1));
            assertThat(clusters.of(program)).isSameAs(clusters.of(program));

            applications.onGone(ORIGIN);

            assertThatThrownBy(() -> clusters.of(program)).isInstanceOf(ClusterClosedException.class);
        }
    }
}

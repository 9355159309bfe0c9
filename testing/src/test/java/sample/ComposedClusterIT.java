package sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.goaway.Cluster;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The annotation where it is not on the test class itself. */
@Tag("process")
class ComposedClusterIT {

    /** Stands for the annotation with its values. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @GoAwayCluster(nodes = 1)
    @interface OneServer {}

    @GoAwayCluster(nodes = 2)
    interface WithTwoServers {}

    @Nested
    @OneServer
    class OfAnAnnotation {

        @Test
        void shouldBeTheClassesOwn(Cluster cluster) {
            assertThat(cluster.members()).hasSize(2);
        }
    }

    @Nested
    class OfAnInterface implements WithTwoServers {

        @Test
        void shouldBeTheClassesOwn(Cluster cluster) {
            assertThat(cluster.members()).hasSize(3);
        }

        @Test
        @OneServer
        void shouldBeTheMethodsOwn(Cluster cluster) {
            assertThat(cluster.members()).hasSize(2);
        }
    }
}

package org.goaway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskOptionsTest {

    private static final Member MEMBER = new NamedMember("server-1");

    @Test
    void shouldSetNothingByDefault() {
        TaskOptions options = TaskOptions.defaults();

        assertThat(options.member()).isEmpty();
        assertThat(options.label()).isEmpty();
        assertThat(options.name()).isEmpty();
        assertThat(options.timeout()).isEmpty();
        assertThat(options.virtual()).isFalse();
        assertThat(options.retries()).isZero();
        assertThat(options.excludeSpawner()).isFalse();
        assertThat(options).isEqualTo(TaskOptions.builder().build());
    }

    @Test
    void shouldCarryWhatWasSet() {
        TaskOptions options = TaskOptions.builder()
                .on(MEMBER)
                .name("chunk 3")
                .timeout(Duration.ofMinutes(5))
                .virtual(true)
                .retries(2)
                .excludeSpawner(true)
                .build();

        assertThat(options.member()).contains(MEMBER);
        assertThat(options.name()).contains("chunk 3");
        assertThat(options.timeout()).contains(Duration.ofMinutes(5));
        assertThat(options.virtual()).isTrue();
        assertThat(options.retries()).isEqualTo(2);
        assertThat(options.excludeSpawner()).isTrue();
        assertThat(options)
                .hasToString("TaskOptions[on=server-1, label=null, name=chunk 3, timeout=PT5M, virtual=true, retries=2,"
                        + " excludeSpawner=true]");
        assertThat(TaskOptions.builder().label("gpu").build().label()).contains("gpu");
    }

    @Test
    void shouldRefuseFewerRetriesThanNone() {
        assertThatThrownBy(() -> TaskOptions.builder().retries(-1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retries is -1: it must be 0 or more");
    }

    @Test
    void shouldTakeAMemberTogetherWithALabel() {
        TaskOptions options = TaskOptions.builder()
                .on(MEMBER)
                .label("gpu")
                .name("chunk 3")
                .retries(2)
                .timeout(Duration.ofMinutes(5))
                .virtual(true)
                .build();

        assertThat(options.member()).contains(MEMBER);
        assertThat(options.label()).contains("gpu");
    }

    @Test
    void shouldRefuseTheSpawnerWhereItIsExcluded() {
        Member spawner = new NamedMember("spawner");

        assertThatThrownBy(() ->
                        TaskOptions.builder().on(spawner).excludeSpawner(true).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("on(spawner)", "excludeSpawner");
    }

    @Test
    void shouldRefuseTimesAndLabelsThatMeanNothing() {
        assertThatThrownBy(() -> TaskOptions.builder().timeout(Duration.ZERO).build())
                .hasMessage("timeout is PT0S: it must be longer than 0");
        assertThatThrownBy(() -> TaskOptions.builder().label(" ").build()).isInstanceOf(IllegalArgumentException.class);
    }

    private record NamedMember(String name) implements Member {
        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public int port() {
            return 9060;
        }

        @Override
        public Set<String> labels() {
            return Set.of();
        }

        @Override
        public boolean isSelf() {
            return false;
        }

        @Override
        public boolean isSpawner() {
            return name.equals("spawner");
        }
    }
}

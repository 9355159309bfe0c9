package libs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.util.List;
import java.util.Map;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;

/** A program whose tasks use libraries that no server has. */
public final class Libraries {

    private Libraries() {}

    public record Order(String what, int count) {}

    public static void main(String[] args) {
        try (Cluster cluster =
                GoAway.init(ClusterConfig.builder().localServers(1).spawnerTasks(false).build())) {
            System.out.println(cluster.call(() -> Joiner.on('+').join(Lists.reverse(ImmutableList.of(1, 2, 3))))
                    .join());
            System.out.println(cluster.call(Libraries::parsed, "{\"what\":\"pears\",\"count\":12}").join());
            System.out.println(cluster.call(Libraries::written, new Order("plums", 3)).join());
            System.out.println(cluster.call(Libraries::counted, List.of("a", "b", "a")).join());
        }
    }

    private static Order parsed(String json) throws Exception {
        return new ObjectMapper().readValue(json, Order.class);
    }

    private static String written(Order order) throws Exception {
        return new ObjectMapper().writeValueAsString(Map.of("order", order));
    }

    private static int counted(List<String> words) {
        return ImmutableMap.copyOf(com.google.common.collect.Maps.toMap(java.util.Set.copyOf(words), String::length))
                .size();
    }
}

import org.goaway.Cluster;
import org.goaway.GoAway;

public class Hello {

    record Greeting(String text, String from) {}

    static Greeting greet(String whom) {
        return new Greeting("Hello " + whom, GoAway.self().name());
    }

    public static void main(String[] args) {
        try (Cluster cluster = GoAway.local(1)) {
            var there = org.goaway.TaskOptions.builder()
                    .on(cluster.members().stream().filter(member -> !member.isSpawner()).findFirst().orElseThrow())
                    .build();
            System.out.println(cluster.call(there, Hello::greet, args[0]).join());
            System.out.println(cluster.call(there, () -> {
                try {
                    Class.forName("Hello", false, GoAway.class.getClassLoader());
                    return "the node has it";
                } catch (ClassNotFoundException e) {
                    return "the node does not have it";
                }
            }).join());
        }
    }
}

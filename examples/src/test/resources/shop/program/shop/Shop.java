package shop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTaskException;
import org.goaway.StrictCentralized;
import priced.Prices;

/** A user's program: lambdas, method references, a record, an exception, a resource and a library. Prints what it finds. */
public final class Shop {

    private static final StrictCentralized sold = GoAway.strictCentralized("sold");

    private enum Size {
        SMALL,
        LARGE
    }

    static String bill(Order order) throws IOException {
        Size size = order.count() > 10 ? Size.LARGE : Size.SMALL;
        try (InputStream text = Shop.class.getResourceAsStream("text/greeting.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8) + ": " + order + " " + size + " "
                    + order.count() * Prices.of(order.what());
        }
    }

    static void sell(String what) {
        sold.update("all", List.<Order>of(), before -> {
            var after = new java.util.ArrayList<>(before);
            after.add(new Order(what, 1));
            return List.copyOf(after);
        });
    }

    /** Whether the node's own loader has this program. */
    static boolean nodeHasProgram() {
        try {
            Class.forName("shop.Shop", false, GoAway.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    public static void main(String[] args) {
        ClusterConfig config =
                ClusterConfig.builder().localServers(1).spawnerTasks(false).build();
        try (Cluster cluster = GoAway.init(config)) {
            String who = "you";
            System.out.println(cluster.call(() -> "for " + who + " by " + GoAway.self().name()).join());
            System.out.println(cluster.call(Shop::bill, new Order("pears", 12)).join());
            cluster.run(Shop::sell, "apples").join();
            System.out.println("sold " + sold.get("all"));
            try {
                cluster.call(what -> new Order(what, 0), "plums").join();
            } catch (RemoteTaskException e) {
                System.out.println("failed: " + ((OutOfStockException) e.getCause()).what());
            }
            System.out.println("node has program: " + cluster.call(Shop::nodeHasProgram).join());
            System.out.println("loaded by the node: "
                    + cluster.call(() -> Shop.class.getClassLoader() == GoAway.class.getClassLoader())
                            .join());
            System.out.println("class path: "
                    + cluster.call(() -> System.getProperty("java.class.path")).join());
        }
    }
}

package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;

/**
 * A program of ten classes, all of which its task needs: this one and those in it. It names no other one of the benchmarks, since
 * all that it names is shipped to the server.
 */
final class FirstProgram {

    private static final int WARM_UP = 100;

    private FirstProgram() {}

    /**
     * Runs its task on a server process that has just been started, the first time, the second time and after more of them; with
     * {@code here}, once in this process. Prints the milliseconds of each.
     */
    public static void main(String[] args) {
        Basket basket = new Basket(List.of(
                new Item("apples", 12, new Price(120, Currency.EURO)),
                new Item("tea", 1, new Price(900, Currency.EURO))));
        if (args.length > 0) {
            long began = System.nanoTime();
            check(Till.checkOut(basket));
            print(System.nanoTime() - began);
            return;
        }
        ClusterConfig config =
                ClusterConfig.builder().localServers(1).spawnerTasks(false).build();
        try (Cluster cluster = GoAway.init(config)) {
            long first = call(cluster, basket);
            long second = call(cluster, basket);
            for (int i = 0; i < WARM_UP; i++) {
                call(cluster, basket);
            }
            print(first, second, call(cluster, basket));
            if (!cluster.call(FirstProgram::isLacking).join()) {
                throw new IllegalStateException("the server has classes of the program on its class path");
            }
        }
    }

    private static long call(Cluster cluster, Basket basket) {
        long began = System.nanoTime();
        Receipt receipt = cluster.call(Till::checkOut, basket).join();
        long ended = System.nanoTime();
        check(receipt);
        return ended - began;
    }

    private static void check(Receipt receipt) {
        if (!receipt.total().equals(new Price(1986, Currency.EURO))) {
            throw new IllegalStateException("a wrong sum: " + receipt);
        }
    }

    private static void print(long... nanos) {
        StringBuilder line = new StringBuilder("> ");
        for (long each : nanos) {
            line.append(each / 1e6).append(' ');
        }
        System.out.println(line);
    }

    /** Whether this JVM's class path has none of the program's classes. */
    private static boolean isLacking() {
        return Stream.of(
                        FirstProgram.class,
                        Basket.class,
                        Item.class,
                        Price.class,
                        Currency.class,
                        Discount.class,
                        TenthFree.class,
                        OffTotal.class,
                        Till.class,
                        Receipt.class)
                .allMatch(each -> ClassLoader.getSystemResource(each.getName().replace('.', '/') + ".class") == null);
    }

    record Basket(List<Item> items) {}

    record Item(String name, int count, Price price) {}

    record Price(long cents, Currency currency) {}

    enum Currency {
        EURO,
        DOLLAR
    }

    interface Discount {
        long of(Item item);
    }

    record TenthFree() implements Discount {
        @Override
        public long of(Item item) {
            return item.count() / 10 * item.price().cents();
        }
    }

    record OffTotal(int percent) implements Discount {
        @Override
        public long of(Item item) {
            return item.count() * item.price().cents() * percent / 100;
        }
    }

    record Receipt(List<String> lines, Price total) {}

    /** Sums up what is bought. */
    static final class Till {

        private static final List<Discount> DISCOUNTS = List.of(new TenthFree(), new OffTotal(10));

        private Till() {}

        static Receipt checkOut(Basket basket) {
            long sum = 0;
            List<String> lines = new ArrayList<>();
            for (Item item : basket.items()) {
                long cents = item.count() * item.price().cents();
                for (Discount discount : DISCOUNTS) {
                    cents -= discount.of(item);
                }
                sum += cents;
                lines.add(item.name() + ": " + cents);
            }
            return new Receipt(lines, new Price(sum, Currency.EURO));
        }
    }
}

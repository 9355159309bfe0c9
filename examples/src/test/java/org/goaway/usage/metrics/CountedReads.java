package org.goaway.usage.metrics;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Held;
import org.goaway.UpdateOnRelease;

/** Reads some fields, and prints how many reads JMX tells of. */
public final class CountedReads {

    private CountedReads() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws JMException {
        try (Cluster cluster = GoAway.inProcess(1)) {
            cluster.strictCentralized("object").get("field");
            read(3, () -> cluster.linFastRead("object").get("field"));
            read(4, () -> cluster.weak("object").get("field"));
            UpdateOnRelease released = cluster.updateOnRelease("object");
            read(2, () -> released.get("field"));
            try (Held section = released.acquire()) {
                read(3, () -> released.get("field", 0L));
            }
            System.out.println(reads());
        }
    }

    private static void read(int times, Runnable read) {
        for (int i = 0; i < times; i++) {
            read.run();
        }
    }

    private static String reads() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Map<String, Object> reads = new TreeMap<>();
        for (ObjectName bean : beans.queryNames(new ObjectName("org.goaway:type=Store,member=spawner,*"), null)) {
            reads.put(bean.getKeyProperty("kind"), beans.getAttribute(bean, "Reads"));
        }
        return reads.entrySet().stream()
                .map(read -> read.getKey() + " " + read.getValue())
                .collect(Collectors.joining(", "));
    }
}

package org.goaway.internal.metrics;

import java.util.List;
import org.goaway.metrics.CodeMXBean;
import org.goaway.metrics.MembershipMXBean;
import org.goaway.metrics.NetworkMXBean;
import org.goaway.metrics.StoreMXBean;
import org.goaway.metrics.TasksMXBean;

/** All that a member tells of itself. */
public record MemberFigures(
        MembershipMXBean membership,
        TasksMXBean tasks,
        List<StoreMXBean> stores,
        NetworkMXBean network,
        CodeMXBean code) {

    public MemberFigures {
        stores = List.copyOf(stores);
    }
}

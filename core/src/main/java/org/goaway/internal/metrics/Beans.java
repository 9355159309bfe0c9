package org.goaway.internal.metrics;

import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Registration;
import org.goaway.metrics.CodeMXBean;
import org.goaway.metrics.MembershipMXBean;
import org.goaway.metrics.NetworkMXBean;
import org.goaway.metrics.StoreMXBean;
import org.goaway.metrics.TasksMXBean;

/** The beans of one member in one server of beans. */
final class Beans implements Registration {

    private static final Logger LOG = LogManager.getLogger(Beans.class);

    private final MBeanServer server;
    private final List<ObjectName> names = new ArrayList<>();
    private final String member;
    /** Empty, or tells the member from others of the same name in clusters of the same name. */
    private String number = "";

    private Beans(MBeanServer server, MembershipMXBean of) {
        this.server = server;
        this.member = ",cluster=" + value(of.getCluster()) + ",member=" + value(of.getMember());
    }

    /** All of them or, by an exception, none. */
    static Beans register(MemberFigures figures, MBeanServer server) throws JMException {
        Beans beans = new Beans(server, figures.membership());
        try {
            beans.addFirst(figures.membership());
            beans.add("type=Tasks", new StandardMBean(figures.tasks(), TasksMXBean.class, true));
            beans.add("type=Network", new StandardMBean(figures.network(), NetworkMXBean.class, true));
            beans.add("type=Code", new StandardMBean(figures.code(), CodeMXBean.class, true));
            for (StoreMXBean store : figures.stores()) {
                beans.add("type=Store,kind=" + store.getKind(), new StandardMBean(store, StoreMXBean.class, true));
            }
            return beans;
        } catch (JMException | RuntimeException refused) {
            beans.close();
            throw refused;
        }
    }

    /** Takes the member's name, or the first free number beside it. */
    private void addFirst(MembershipMXBean membership) throws JMException {
        StandardMBean bean = new StandardMBean(membership, MembershipMXBean.class, true);
        for (int next = 2; ; next++) {
            try {
                add("type=Membership", bean);
                return;
            } catch (InstanceAlreadyExistsException taken) {
                number = ",number=" + next;
            }
        }
    }

    private void add(String type, StandardMBean bean) throws JMException {
        names.add(server.registerMBean(bean, new ObjectName("org.goaway:" + type + member + number))
                .getObjectName());
    }

    private static String value(String text) {
        return text.matches("[\\w .@/+-]+") ? text : ObjectName.quote(text);
    }

    @Override
    public synchronized void close() {
        for (ObjectName name : names) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException gone) {
                LOG.debug("{} was removed by somebody else", name);
            } catch (JMException | RuntimeException refused) {
                LOG.warn("{} stays behind in JMX: {}", name, refused.toString());
            }
        }
        names.clear(); // another member may have these names from now on
    }
}

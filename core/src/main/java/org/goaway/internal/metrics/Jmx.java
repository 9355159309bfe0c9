package org.goaway.internal.metrics;

import java.lang.management.ManagementFactory;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Registration;

/** A member's figures as beans of this JVM, where it has JMX and lets one use it: a member needs none to work. */
public final class Jmx {

    private static final Logger LOG = LogManager.getLogger(Jmx.class);

    private Jmx() {}

    /** Registers the beans; closing what is returned removes them. Throws nothing. */
    public static Registration register(MemberFigures figures) {
        try {
            // In a class of its own: a runtime image may lack the module java.management.
            return Beans.register(figures, ManagementFactory.getPlatformMBeanServer());
        } catch (Exception | LinkageError refused) {
            LOG.warn("{} is not seen by JMX: {}", figures.membership().getMember(), refused.toString());
            return () -> {};
        }
    }
}

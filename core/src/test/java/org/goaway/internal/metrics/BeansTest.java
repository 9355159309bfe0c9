package org.goaway.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.goaway.Registration;
import org.junit.jupiter.api.Test;

class BeansTest {

    private static final int OF_A_MEMBER = 5;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @Test
    void shouldNameBeansByWhatTheyTellOfAndOfWhom() throws Exception {
        try (Registration beans = Beans.register(Sample.figures("demo", "server-1"), server)) {
            assertThat(names())
                    .containsExactlyInAnyOrder(
                            "org.goaway:type=Membership,cluster=demo,member=server-1",
                            "org.goaway:type=Tasks,cluster=demo,member=server-1",
                            "org.goaway:type=Store,kind=Weak,cluster=demo,member=server-1",
                            "org.goaway:type=Network,cluster=demo,member=server-1",
                            "org.goaway:type=Code,cluster=demo,member=server-1");
            assertThat(attribute("org.goaway:type=Tasks,cluster=demo,member=server-1", "RunSeconds"))
                    .isEqualTo(7.5);
            assertThat(attribute("org.goaway:type=Membership,cluster=demo,member=server-1", "LeaseHeld"))
                    .isEqualTo(true);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldGiveBeansOfWhateverNameTheirMemberHas() throws Exception {
        try (Registration beans = Beans.register(Sample.figures("a,b=\"c\"", "*?\n"), server)) {
            assertThat(server.queryMBeans(new ObjectName("org.goaway:type=Membership,*"), null))
                    .singleElement()
                    .satisfies(bean -> {
                        assertThat(ObjectName.unquote(bean.getObjectName().getKeyProperty("cluster")))
                                .isEqualTo("a,b=\"c\"");
                        assertThat(ObjectName.unquote(bean.getObjectName().getKeyProperty("member")))
                                .isEqualTo("*?\n");
                    });
        }
    }

    @Test
    void shouldNumberThoseOfTheSameName() throws Exception {
        Registration first = Beans.register(Sample.figures("demo", "spawner"), server);
        Registration second = Beans.register(Sample.figures("demo", "spawner"), server);
        assertThat(names())
                .hasSize(2 * OF_A_MEMBER)
                .contains("org.goaway:type=Code,cluster=demo,member=spawner,number=2");

        first.close();
        assertThat(names()).hasSize(OF_A_MEMBER).allMatch(name -> name.endsWith(",number=2"));

        Registration third = Beans.register(Sample.figures("demo", "spawner"), server);
        first.close();
        assertThat(names()).contains("org.goaway:type=Code,cluster=demo,member=spawner");
        second.close();
        third.close();
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldLeaveNothingBehindWhereOneBeanIsRefused() {
        MBeanServer refusing = (MBeanServer) Proxy.newProxyInstance(
                BeansTest.class.getClassLoader(), new Class<?>[] {MBeanServer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("registerMBean")
                            && arguments[1].toString().contains("type=Code")) {
                        throw new SecurityException("not allowed");
                    }
                    try {
                        return method.invoke(server, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        assertThatThrownBy(() -> Beans.register(Sample.figures("demo", "spawner"), refusing))
                .isInstanceOf(SecurityException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldLeaveABeanOfSomebodyElse() throws Exception {
        Registration beans = Beans.register(Sample.figures("demo", "spawner"), server);
        for (ObjectName name : server.queryNames(new ObjectName("org.goaway:*"), null)) {
            server.unregisterMBean(name);
        }

        beans.close();

        assertThat(names()).isEmpty();
    }

    @Test
    void shouldShowNumbersAndNamesOnly() throws Exception {
        try (Registration beans = Beans.register(Sample.figures("demo", "spawner"), server)) {
            for (ObjectName name : server.queryNames(new ObjectName("org.goaway:*"), null)) {
                assertThat(server.getMBeanInfo(name).getOperations()).isEmpty();
                assertThat(server.getMBeanInfo(name).getAttributes())
                        .noneMatch(MBeanAttributeInfo::isWritable)
                        .extracting(MBeanAttributeInfo::getType)
                        .isSubsetOf("int", "long", "double", "boolean", "java.lang.String");
            }
        }
    }

    private Object attribute(String bean, String name) throws JMException {
        return server.getAttribute(new ObjectName(bean), name);
    }

    private Set<String> names() {
        return server.queryNames(null, null).stream()
                .filter(name -> name.getDomain().equals("org.goaway"))
                .map(ObjectName::toString)
                .collect(Collectors.toSet());
    }
}

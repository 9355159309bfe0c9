package org.goaway.internal.metrics;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.goaway.metrics.CodeMXBean;
import org.goaway.metrics.MembershipMXBean;
import org.goaway.metrics.NetworkMXBean;
import org.goaway.metrics.StoreMXBean;
import org.goaway.metrics.TasksMXBean;

/** MemberFigures for tests, all of which are 7, 7.5 or true but for names. */
final class Sample {

    private Sample() {}

    static MemberFigures figures(String cluster, String member) {
        return new MemberFigures(
                bean(MembershipMXBean.class, cluster, member),
                bean(TasksMXBean.class, cluster, member),
                List.of(bean(StoreMXBean.class, cluster, member)),
                bean(NetworkMXBean.class, cluster, member),
                bean(CodeMXBean.class, cluster, member));
    }

    private static <T> T bean(Class<T> type, String cluster, String member) {
        Object bean = Proxy.newProxyInstance(
                Sample.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> value(method, cluster, member));
        return type.cast(bean);
    }

    private static Object value(Method method, String cluster, String member) {
        Class<?> type = method.getReturnType();
        if (type == String.class) {
            return switch (method.getName()) {
                case "getCluster" -> cluster;
                case "getMember" -> member;
                default -> "Weak";
            };
        }
        return type == boolean.class ? true : type == double.class ? 7.5 : type == int.class ? 7 : (Object) 7L;
    }
}

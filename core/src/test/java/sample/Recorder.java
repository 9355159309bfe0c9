package sample;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goaway.Cluster;

/**
 * A cluster that does nothing but write down what was called: {@code lock(a).hold()}. What it hands out writes into the
 * same list.
 */
final class Recorder implements InvocationHandler {

    private final String path;
    private final List<String> calls;

    private Recorder(String path, List<String> calls) {
        this.path = path;
        this.calls = calls;
    }

    static Cluster cluster(List<String> calls) {
        return (Cluster) proxy(Cluster.class, new Recorder("", calls));
    }

    private static Object proxy(Class<?> type, Recorder recorder) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, recorder);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, args);
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
        String call = path + method.getName() + "(" + shown(method, args) + ")";
        if (!method.getName().equals("isClosed")) { // which every look at the current cluster asks
            calls.add(call);
        }
        Class<?> type = method.getReturnType();
        if (type.isInterface() && !Collection.class.isAssignableFrom(type)) {
            return proxy(type, new Recorder(call + ".", calls));
        }
        return nothing(type);
    }

    private Object ofObject(Object proxy, Method method, Object[] args) {
        return switch (method.getName()) {
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "recorder " + path;
        };
    }

    /** The arguments, and for functions the type of the parameter: that is what overload resolution chose. */
    private static String shown(Method method, Object[] args) {
        if (args == null) {
            return "";
        }
        Class<?>[] types = method.getParameterTypes();
        return IntStream.range(0, args.length)
                .mapToObj(i -> types[i].getSimpleName().startsWith("Remote")
                                || types[i].getSimpleName().equals("TaskOptions")
                        ? types[i].getSimpleName()
                        : String.valueOf(args[i]))
                .collect(Collectors.joining(", "));
    }

    private static Object nothing(Class<?> type) {
        if (type == String.class) {
            return "recorded";
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == int.class) {
            return 0;
        }
        return type == List.class ? List.of() : null;
    }
}

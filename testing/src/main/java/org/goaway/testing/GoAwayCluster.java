package org.goaway.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a cluster. Test methods, constructors, and methods before and after each test may have a
 * parameter of type {@link org.goaway.Cluster} or {@link TestCluster}. It is the process's default cluster meanwhile, so what
 * is tested may use {@link org.goaway.GoAway}'s methods and handles.
 *
 * <pre>{@code
 * @GoAwayCluster(nodes = 3)
 * class OrdersTest {
 *
 *     @Test
 *     void shouldGoOnWithoutOneServer(Cluster cluster, TestCluster members) {
 *         members.kill(members.servers().get(0));
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>The tests of a class, nested ones included, share one cluster, with what they store in it: it is started before the first
 * of them and closed after the last. Only a test that harmed members, or closed the cluster, leaves a fresh one to
 * the next; so take it as a parameter for each test and keep it in no static field. On a method, the annotation gives that test
 * a cluster of its own, and on a nested class the tests in there. A process has one default cluster: tests with clusters do not
 * run beside each other in one process, and what the tests around share is closed meanwhile, with what they stored in it; the
 * next of them starts it afresh.
 *
 * <p>It may also stand on an annotation of one's own, which then stands for it, and on an interface or a class that a test class
 * implements or extends.
 *
 * <p>Works with JUnit Jupiter 5.9 and later, which the program's own build brings.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ClusterExtension.class)
public @interface GoAwayCluster {

    /** How many servers there are, beside the node of the test itself; 1 or more. */
    int nodes() default 3;

    /**
     * Whether each server is a process of its own, which takes a second to start, has statics and a working directory of its
     * own and is killed and paused for real. By default all nodes are in the test's process, ship code and values to each
     * other all the same, and start in a fraction of that.
     */
    boolean processes() default false;

    /** Whether the test's own node runs tasks, too. */
    boolean spawnerTasks() default true;
}

package org.goaway.internal.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLock;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.GoAwayException;
import org.goaway.LinFastRead;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.Registration;
import org.goaway.RemoteBiConsumer;
import org.goaway.RemoteBiFunction;
import org.goaway.RemoteCallable;
import org.goaway.RemoteConsumer;
import org.goaway.RemoteExecutor;
import org.goaway.RemoteFunction;
import org.goaway.RemoteRunnable;
import org.goaway.RemoteTask;
import org.goaway.RemoteTriConsumer;
import org.goaway.RemoteTriFunction;
import org.goaway.StrictCentralized;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.goaway.UnavailableException;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import org.goaway.internal.code.Application;
import org.goaway.internal.metrics.Figure;
import org.goaway.internal.metrics.Measured;
import org.goaway.internal.object.SharedObjects;
import org.goaway.internal.object.coordination.CoordinationObjects;
import org.goaway.internal.task.Scope;
import org.goaway.internal.task.Tasks;

/** The cluster as one application sees it through one node. */
final class NodeCluster implements Cluster, Measured {

    private final Node node;
    private final Application application;
    private final SharedObjects objects;
    private final CoordinationObjects coordination;
    private final Tasks tasks;

    NodeCluster(
            Node node, Application application, SharedObjects objects, CoordinationObjects coordination, Tasks tasks) {
        this.node = node;
        this.application = application;
        this.objects = objects;
        this.coordination = coordination;
        this.tasks = tasks;
    }

    Node node() {
        return node;
    }

    @Override
    public List<Figure> figures() {
        return node.figures().table();
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public RemoteExecutor executor(TaskOptions options) {
        return tasks().executor(options);
    }

    @Override
    public StrictCentralized strictCentralized(String name) {
        return objects.strictCentralized(name, application.codec());
    }

    @Override
    public LinFastRead linFastRead(String name) {
        return objects.linFastRead(name, application.codec());
    }

    @Override
    public Weak weak(String name) {
        return objects.weak(name, application.codec());
    }

    @Override
    public UpdateOnRelease updateOnRelease(String name) {
        return objects.updateOnRelease(name, application.codec());
    }

    @Override
    public ClusterLock lock(String name) {
        return objects.lock(name, application.codec());
    }

    @Override
    public ClusterBarrier barrier(String name, int parties) {
        return coordination.barrier(name, parties);
    }

    @Override
    public ClusterSemaphore semaphore(String name, int permits) {
        return coordination.semaphore(name, permits);
    }

    @Override
    public ClusterLatch latch(String name, int count) {
        return coordination.latch(name, count);
    }

    @Override
    public ClusterLong atomicLong(String name) {
        return coordination.atomicLong(name);
    }

    @Override
    public Member self() {
        return node.members().self();
    }

    @Override
    public List<Member> members() {
        checkOpen();
        return node.members().all();
    }

    @Override
    public void awaitMembers(int count, Duration timeout) {
        checkOpen();
        CompletableFuture<Void> reached = node.members().reached(count);
        try {
            objects.calls()
                    .await(
                            reached,
                            timeout,
                            () -> count + " members of '" + name() + "'; there are "
                                    + node.members().all());
        } catch (TimeoutException e) {
            throw new UnavailableException(
                    "after " + timeout.toMillis() + " ms cluster '" + name() + "' has "
                            + node.members().all() + " and not " + count + " members; start more, or wait longer",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GoAwayException("interrupted while waiting for " + count + " members of '" + name() + "'", e);
        } finally {
            reached.cancel(false);
        }
    }

    @Override
    public Registration onMembership(Consumer<MembershipEvent> listener) {
        checkOpen();
        return node.members().listeners().add(application, listener);
    }

    @Override
    public boolean isClosed() {
        return node.isClosed();
    }

    @Override
    public void close() {
        if (Scope.current() != null || application.isShipped()) {
            throw new IllegalStateException(
                    "a task cannot close cluster '" + name() + "', on which it runs: let it return");
        }
        node.close();
    }

    private void checkOpen() {
        if (node.isClosed()) {
            throw new ClusterClosedException("cluster '" + name() + "' was closed; start another one");
        }
        application.refuseEnded();
    }

    private Tasks tasks() {
        checkOpen();
        return tasks;
    }

    @Override
    public <R> RemoteTask<R> call(TaskOptions options, RemoteCallable<R> fn) {
        return tasks().call(options, fn);
    }

    @Override
    public <A, R> RemoteTask<R> call(TaskOptions options, RemoteFunction<A, R> fn, A a) {
        return tasks().call(options, fn, a);
    }

    @Override
    public <A, B, R> RemoteTask<R> call(TaskOptions options, RemoteBiFunction<A, B, R> fn, A a, B b) {
        return tasks().call(options, fn, a, b);
    }

    @Override
    public <A, B, C, R> RemoteTask<R> call(TaskOptions options, RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return tasks().call(options, fn, a, b, c);
    }

    @Override
    public RemoteTask<Void> run(TaskOptions options, RemoteRunnable fn) {
        return tasks().run(options, fn);
    }

    @Override
    public <A> RemoteTask<Void> run(TaskOptions options, RemoteConsumer<A> fn, A a) {
        return tasks().run(options, fn, a);
    }

    @Override
    public <A, B> RemoteTask<Void> run(TaskOptions options, RemoteBiConsumer<A, B> fn, A a, B b) {
        return tasks().run(options, fn, a, b);
    }

    @Override
    public <A, B, C> RemoteTask<Void> run(TaskOptions options, RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return tasks().run(options, fn, a, b, c);
    }

    @Override
    public <T, R> TaskGroup<R> map(TaskOptions options, Collection<? extends T> items, RemoteFunction<T, R> fn) {
        return tasks().map(options, items, fn);
    }

    @Override
    public <T> TaskGroup<Void> forEach(TaskOptions options, Collection<? extends T> items, RemoteConsumer<T> fn) {
        return tasks().forEach(options, items, fn);
    }

    @Override
    public String toString() {
        return "cluster '" + name() + "' seen by " + self();
    }
}

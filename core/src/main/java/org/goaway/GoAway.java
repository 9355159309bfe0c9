package org.goaway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The way in: starts the process's cluster, and offers its methods without a variable for it.
 *
 * <p>There is one default cluster in a process: what {@code init} opened, until it is closed. Inside a task all of this
 * means the node that the task runs on. Handles made here ({@link #lock}, {@link #weak}, …) belong to no cluster and look for
 * it at each call, so they may be made in static fields, before {@code init}, on any member.
 *
 * <pre>{@code
 * try (Cluster cluster = GoAway.init(args)) {
 *     System.out.println(goaway(() -> 6 * 7).join());
 * }
 * }</pre>
 *
 * <p>Safe for any thread.
 */
@SuppressWarnings({"overloads", "FunctionalInterfaceClash"}) // where javac sees two, call and run name the one
public final class GoAway {

    private static final DefaultCluster DEFAULT = new DefaultCluster(DefaultCluster.onClassPath());

    private GoAway() {}

    /**
     * Starts the default cluster with what system properties and environment say; without those with servers as processes of
     * this machine, one for each processor but from 2 to 4. Returns when it is ready for use.
     *
     * <p>However {@code timeout} is set, it waits up to 60 seconds for each step: to become a member, for the other members, and for
     * them to agree on the cluster; and up to 15 minutes for the processes of servers to start, since jars may have to be copied first.
     *
     * @throws IllegalStateException if the default cluster is open (its name is in the message), or this is a task
     * @throws ConfigException if a setting is wrong
     * @throws GoAwayException if the cluster does not come about in time; nothing is left running
     */
    public static Cluster init() {
        return DEFAULT.open(ClusterConfig.builder().build(), null, Caller.find());
    }

    /** Does what {@link #init()} does, with the settings of a goaway.yaml too; properties and environment go before it. */
    public static Cluster init(Path configFile) {
        Objects.requireNonNull(configFile, "configFile");
        return DEFAULT.open(ClusterConfig.builder().build(), configFile, Caller.find());
    }

    /**
     * Starts the default cluster as the program's arguments say: with the configuration file that the first one names, if it
     * ends in .yaml or .yml; else as {@link #init()}.
     */
    public static Cluster init(String... args) {
        boolean file = args.length > 0 && (args[0].endsWith(".yaml") || args[0].endsWith(".yml"));
        return file ? init(Path.of(args[0])) : init();
    }

    /** Does what {@link #init()} does, with these settings, which go before all others. */
    public static Cluster init(ClusterConfig config) {
        Objects.requireNonNull(config, "config");
        return DEFAULT.open(config, null, Caller.find());
    }

    /** Does what {@link #init()} does, with so many servers as processes of this machine, on loopback. */
    public static Cluster local(int servers) {
        return init(ClusterConfig.builder().localServers(servers).build());
    }

    /**
     * Does what {@link #init()} does, with so many servers as nodes in this process: for tests. Classes and values travel
     * between them as between processes.
     */
    public static Cluster inProcess(int servers) {
        return init(ClusterConfig.builder().inProcessServers(servers).build());
    }

    /**
     * The cluster of the node that this task runs on; outside a task, the one that {@code init} opened. Threads that a task starts
     * and those of the common pool that run its code (parallel streams, {@code supplyAsync}) count as the task here.
     *
     * @throws ClusterClosedException if there is none, or it is closed
     */
    public static Cluster current() {
        return DEFAULT.current();
    }

    /**
     * What this task can know of itself.
     *
     * @throws IllegalStateException if this thread runs no task
     */
    public static TaskContext task() {
        return DEFAULT.task();
    }

    /** The {@link StrictCentralized} of this name in whatever cluster is current at each call. */
    public static StrictCentralized strictCentralized(String name) {
        return new CurrentStrictCentralized(name);
    }

    /** The {@link LinFastRead} of this name in whatever cluster is current at each call. */
    public static LinFastRead linFastRead(String name) {
        return new CurrentLinFastRead(name);
    }

    /** The {@link Weak} of this name in whatever cluster is current at each call. */
    public static Weak weak(String name) {
        return new CurrentWeak(name);
    }

    /** The {@link UpdateOnRelease} of this name in whatever cluster is current at each call. */
    public static UpdateOnRelease updateOnRelease(String name) {
        return new CurrentUpdateOnRelease(name);
    }

    /** The {@link ClusterLock} of this name in whatever cluster is current at each call. */
    public static ClusterLock lock(String name) {
        return new CurrentClusterLock(name);
    }

    /** The {@link ClusterBarrier} of this name in whatever cluster is current at each call. */
    public static ClusterBarrier barrier(String name, int parties) {
        return new CurrentClusterBarrier(name, parties);
    }

    /** The {@link ClusterSemaphore} of this name in whatever cluster is current at each call. */
    public static ClusterSemaphore semaphore(String name, int permits) {
        return new CurrentClusterSemaphore(name, permits);
    }

    /** The {@link ClusterLatch} of this name in whatever cluster is current at each call. */
    public static ClusterLatch latch(String name, int count) {
        return new CurrentClusterLatch(name, count);
    }

    /** The {@link ClusterLong} of this name in whatever cluster is current at each call. */
    public static ClusterLong atomicLong(String name) {
        return new CurrentClusterLong(name);
    }

    /** Does what {@link Cluster#executor()} does, in {@link #current()}: the executor is that cluster's. */
    public static RemoteExecutor executor() {
        return current().executor();
    }

    /** Does what {@link Cluster#executor(TaskOptions)} does, in {@link #current()}: the executor is that cluster's. */
    public static RemoteExecutor executor(TaskOptions options) {
        return current().executor(options);
    }

    /** Does what {@link Cluster#self()} does, in {@link #current()}. */
    public static Member self() {
        return current().self();
    }

    /** Does what {@link Cluster#members()} does, in {@link #current()}. */
    public static List<Member> members() {
        return current().members();
    }

    /** Does what {@link Cluster#awaitMembers(int, Duration)} does, in {@link #current()}. */
    public static void awaitMembers(int count, Duration timeout) {
        current().awaitMembers(count, timeout);
    }

    /** Does what {@link TaskStarter#goaway(RemoteCallable)} does, in {@link #current()}. */
    public static <R> RemoteTask<R> goaway(RemoteCallable<R> fn) {
        return current().goaway(fn);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteCallable)} does, in {@link #current()}. */
    public static <R> RemoteTask<R> goaway(TaskOptions options, RemoteCallable<R> fn) {
        return current().goaway(options, fn);
    }

    /** Does what {@link TaskStarter#goaway(RemoteRunnable)} does, in {@link #current()}. */
    public static RemoteTask<Void> goaway(RemoteRunnable fn) {
        return current().goaway(fn);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteRunnable)} does, in {@link #current()}. */
    public static RemoteTask<Void> goaway(TaskOptions options, RemoteRunnable fn) {
        return current().goaway(options, fn);
    }

    /** Does what {@link TaskStarter#goaway(RemoteFunction, Object)} does, in {@link #current()}. */
    public static <A, R> RemoteTask<R> goaway(RemoteFunction<A, R> fn, A a) {
        return current().goaway(fn, a);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteFunction, Object)} does, in {@link #current()}. */
    public static <A, R> RemoteTask<R> goaway(TaskOptions options, RemoteFunction<A, R> fn, A a) {
        return current().goaway(options, fn, a);
    }

    /** Does what {@link TaskStarter#goaway(RemoteConsumer, Object)} does, in {@link #current()}. */
    public static <A> RemoteTask<Void> goaway(RemoteConsumer<A> fn, A a) {
        return current().goaway(fn, a);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteConsumer, Object)} does, in {@link #current()}. */
    public static <A> RemoteTask<Void> goaway(TaskOptions options, RemoteConsumer<A> fn, A a) {
        return current().goaway(options, fn, a);
    }

    /** Does what {@link TaskStarter#goaway(RemoteBiFunction, Object, Object)} does, in {@link #current()}. */
    public static <A, B, R> RemoteTask<R> goaway(RemoteBiFunction<A, B, R> fn, A a, B b) {
        return current().goaway(fn, a, b);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteBiFunction, Object, Object)} does, in {@link #current()}. */
    public static <A, B, R> RemoteTask<R> goaway(TaskOptions options, RemoteBiFunction<A, B, R> fn, A a, B b) {
        return current().goaway(options, fn, a, b);
    }

    /** Does what {@link TaskStarter#goaway(RemoteBiConsumer, Object, Object)} does, in {@link #current()}. */
    public static <A, B> RemoteTask<Void> goaway(RemoteBiConsumer<A, B> fn, A a, B b) {
        return current().goaway(fn, a, b);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteBiConsumer, Object, Object)} does, in {@link #current()}. */
    public static <A, B> RemoteTask<Void> goaway(TaskOptions options, RemoteBiConsumer<A, B> fn, A a, B b) {
        return current().goaway(options, fn, a, b);
    }

    /** Does what {@link TaskStarter#goaway(RemoteTriFunction, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C, R> RemoteTask<R> goaway(RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return current().goaway(fn, a, b, c);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteTriFunction, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C, R> RemoteTask<R> goaway(
            TaskOptions options, RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return current().goaway(options, fn, a, b, c);
    }

    /** Does what {@link TaskStarter#goaway(RemoteTriConsumer, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C> RemoteTask<Void> goaway(RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return current().goaway(fn, a, b, c);
    }

    /** Does what {@link TaskStarter#goaway(TaskOptions, RemoteTriConsumer, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C> RemoteTask<Void> goaway(TaskOptions options, RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return current().goaway(options, fn, a, b, c);
    }

    /** Does what {@link TaskStarter#call(RemoteCallable)} does, in {@link #current()}. */
    public static <R> RemoteTask<R> call(RemoteCallable<R> fn) {
        return current().call(fn);
    }

    /** Does what {@link TaskStarter#call(TaskOptions, RemoteCallable)} does, in {@link #current()}. */
    public static <R> RemoteTask<R> call(TaskOptions options, RemoteCallable<R> fn) {
        return current().call(options, fn);
    }

    /** Does what {@link TaskStarter#call(RemoteFunction, Object)} does, in {@link #current()}. */
    public static <A, R> RemoteTask<R> call(RemoteFunction<A, R> fn, A a) {
        return current().call(fn, a);
    }

    /** Does what {@link TaskStarter#call(TaskOptions, RemoteFunction, Object)} does, in {@link #current()}. */
    public static <A, R> RemoteTask<R> call(TaskOptions options, RemoteFunction<A, R> fn, A a) {
        return current().call(options, fn, a);
    }

    /** Does what {@link TaskStarter#call(RemoteBiFunction, Object, Object)} does, in {@link #current()}. */
    public static <A, B, R> RemoteTask<R> call(RemoteBiFunction<A, B, R> fn, A a, B b) {
        return current().call(fn, a, b);
    }

    /** Does what {@link TaskStarter#call(TaskOptions, RemoteBiFunction, Object, Object)} does, in {@link #current()}. */
    public static <A, B, R> RemoteTask<R> call(TaskOptions options, RemoteBiFunction<A, B, R> fn, A a, B b) {
        return current().call(options, fn, a, b);
    }

    /** Does what {@link TaskStarter#call(RemoteTriFunction, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C, R> RemoteTask<R> call(RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return current().call(fn, a, b, c);
    }

    /** Does what {@link TaskStarter#call(TaskOptions, RemoteTriFunction, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C, R> RemoteTask<R> call(
            TaskOptions options, RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return current().call(options, fn, a, b, c);
    }

    /** Does what {@link TaskStarter#run(RemoteRunnable)} does, in {@link #current()}. */
    public static RemoteTask<Void> run(RemoteRunnable fn) {
        return current().run(fn);
    }

    /** Does what {@link TaskStarter#run(TaskOptions, RemoteRunnable)} does, in {@link #current()}. */
    public static RemoteTask<Void> run(TaskOptions options, RemoteRunnable fn) {
        return current().run(options, fn);
    }

    /** Does what {@link TaskStarter#run(RemoteConsumer, Object)} does, in {@link #current()}. */
    public static <A> RemoteTask<Void> run(RemoteConsumer<A> fn, A a) {
        return current().run(fn, a);
    }

    /** Does what {@link TaskStarter#run(TaskOptions, RemoteConsumer, Object)} does, in {@link #current()}. */
    public static <A> RemoteTask<Void> run(TaskOptions options, RemoteConsumer<A> fn, A a) {
        return current().run(options, fn, a);
    }

    /** Does what {@link TaskStarter#run(RemoteBiConsumer, Object, Object)} does, in {@link #current()}. */
    public static <A, B> RemoteTask<Void> run(RemoteBiConsumer<A, B> fn, A a, B b) {
        return current().run(fn, a, b);
    }

    /** Does what {@link TaskStarter#run(TaskOptions, RemoteBiConsumer, Object, Object)} does, in {@link #current()}. */
    public static <A, B> RemoteTask<Void> run(TaskOptions options, RemoteBiConsumer<A, B> fn, A a, B b) {
        return current().run(options, fn, a, b);
    }

    /** Does what {@link TaskStarter#run(RemoteTriConsumer, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C> RemoteTask<Void> run(RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return current().run(fn, a, b, c);
    }

    /** Does what {@link TaskStarter#run(TaskOptions, RemoteTriConsumer, Object, Object, Object)} does, in {@link #current()}. */
    public static <A, B, C> RemoteTask<Void> run(TaskOptions options, RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return current().run(options, fn, a, b, c);
    }

    /** Does what {@link TaskStarter#map(Collection, RemoteFunction)} does, in {@link #current()}. */
    public static <T, R> TaskGroup<R> map(Collection<? extends T> items, RemoteFunction<T, R> fn) {
        return current().map(items, fn);
    }

    /** Does what {@link TaskStarter#map(TaskOptions, Collection, RemoteFunction)} does, in {@link #current()}. */
    public static <T, R> TaskGroup<R> map(TaskOptions options, Collection<? extends T> items, RemoteFunction<T, R> fn) {
        return current().map(options, items, fn);
    }

    /** Does what {@link TaskStarter#forEach(Collection, RemoteConsumer)} does, in {@link #current()}. */
    public static <T> TaskGroup<Void> forEach(Collection<? extends T> items, RemoteConsumer<T> fn) {
        return current().forEach(items, fn);
    }

    /** Does what {@link TaskStarter#forEach(TaskOptions, Collection, RemoteConsumer)} does, in {@link #current()}. */
    public static <T> TaskGroup<Void> forEach(
            TaskOptions options, Collection<? extends T> items, RemoteConsumer<T> fn) {
        return current().forEach(options, items, fn);
    }

    static Cluster start(ClusterConfig config) {
        Objects.requireNonNull(config, "config");
        return DEFAULT.start(config, null, Caller.find());
    }
}

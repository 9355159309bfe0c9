package org.goaway;

import java.util.Collection;

/**
 * The ways to start a task: a function that runs on some member, once.
 *
 * <p>{@code goaway} takes every shape. Where javac finds it ambiguous (a lambda with arguments but without their types,
 * {@code x -> f(x)}; a reference to an overloaded, generic or varargs method) write {@code call} for what returns a result
 * and {@code run} for what does not, or capture: {@code goaway(() -> f(x))}.
 *
 * <p>Function and arguments are encoded before the method returns: what the program does to them later is not seen by the
 * task, and the task works on copies, even on this member. Their classes travel when the member asks for them; statics do
 * not travel. The member is the one with the fewest unfinished tasks for its processors, in turn among equals; this member
 * is among them unless {@code spawner_tasks} or the options say otherwise. Starting sends and does not wait. A
 * member is given only so many tasks to start as it has slots, and a few more where tasks are short; the others stay with this
 * member until it has room.
 *
 * <p>All methods throw {@link NotTransferableException} when function or an argument cannot travel (it names the captured
 * variable), {@link ClusterClosedException} on a closed cluster, and {@link UnavailableException} when no member may run it;
 * nothing was started then. What happens later, the task tells: see {@link RemoteTask}. Arguments may be null. Safe for any
 * thread, and for tasks: one that is started by a task ends when the starter's member is lost.
 *
 * <pre>{@code
 * RemoteTask<Integer> task = cluster.goaway(() -> 6 * 7);
 * int answer = task.join();
 * }</pre>
 */
@SuppressWarnings({"overloads", "FunctionalInterfaceClash"}) // where javac sees two, call and run name the one
public interface TaskStarter {

    /** Starts a function with no argument. */
    default <R> RemoteTask<R> goaway(RemoteCallable<R> fn) {
        return call(TaskOptions.defaults(), fn);
    }

    /** Starts a function with no argument, with options. */
    default <R> RemoteTask<R> goaway(TaskOptions options, RemoteCallable<R> fn) {
        return call(options, fn);
    }

    /** Starts code with no argument. */
    default RemoteTask<Void> goaway(RemoteRunnable fn) {
        return run(TaskOptions.defaults(), fn);
    }

    /** Starts code with no argument, with options. */
    default RemoteTask<Void> goaway(TaskOptions options, RemoteRunnable fn) {
        return run(options, fn);
    }

    /** Starts a function with one argument. */
    default <A, R> RemoteTask<R> goaway(RemoteFunction<A, R> fn, A a) {
        return call(TaskOptions.defaults(), fn, a);
    }

    /** Starts a function with one argument, with options. */
    default <A, R> RemoteTask<R> goaway(TaskOptions options, RemoteFunction<A, R> fn, A a) {
        return call(options, fn, a);
    }

    /** Starts code with one argument. */
    default <A> RemoteTask<Void> goaway(RemoteConsumer<A> fn, A a) {
        return run(TaskOptions.defaults(), fn, a);
    }

    /** Starts code with one argument, with options. */
    default <A> RemoteTask<Void> goaway(TaskOptions options, RemoteConsumer<A> fn, A a) {
        return run(options, fn, a);
    }

    /** Starts a function with two arguments. */
    default <A, B, R> RemoteTask<R> goaway(RemoteBiFunction<A, B, R> fn, A a, B b) {
        return call(TaskOptions.defaults(), fn, a, b);
    }

    /** Starts a function with two arguments, with options. */
    default <A, B, R> RemoteTask<R> goaway(TaskOptions options, RemoteBiFunction<A, B, R> fn, A a, B b) {
        return call(options, fn, a, b);
    }

    /** Starts code with two arguments. */
    default <A, B> RemoteTask<Void> goaway(RemoteBiConsumer<A, B> fn, A a, B b) {
        return run(TaskOptions.defaults(), fn, a, b);
    }

    /** Starts code with two arguments, with options. */
    default <A, B> RemoteTask<Void> goaway(TaskOptions options, RemoteBiConsumer<A, B> fn, A a, B b) {
        return run(options, fn, a, b);
    }

    /** Starts a function with three arguments. */
    default <A, B, C, R> RemoteTask<R> goaway(RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return call(TaskOptions.defaults(), fn, a, b, c);
    }

    /** Starts a function with three arguments, with options. */
    default <A, B, C, R> RemoteTask<R> goaway(TaskOptions options, RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return call(options, fn, a, b, c);
    }

    /** Starts code with three arguments. */
    default <A, B, C> RemoteTask<Void> goaway(RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return run(TaskOptions.defaults(), fn, a, b, c);
    }

    /** Starts code with three arguments, with options. */
    default <A, B, C> RemoteTask<Void> goaway(TaskOptions options, RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return run(options, fn, a, b, c);
    }

    /** Starts a function with no argument. */
    default <R> RemoteTask<R> call(RemoteCallable<R> fn) {
        return call(TaskOptions.defaults(), fn);
    }

    /** Starts a function with no argument, with options. */
    <R> RemoteTask<R> call(TaskOptions options, RemoteCallable<R> fn);

    /** Starts a function with one argument. */
    default <A, R> RemoteTask<R> call(RemoteFunction<A, R> fn, A a) {
        return call(TaskOptions.defaults(), fn, a);
    }

    /** Starts a function with one argument, with options. */
    <A, R> RemoteTask<R> call(TaskOptions options, RemoteFunction<A, R> fn, A a);

    /** Starts a function with two arguments. */
    default <A, B, R> RemoteTask<R> call(RemoteBiFunction<A, B, R> fn, A a, B b) {
        return call(TaskOptions.defaults(), fn, a, b);
    }

    /** Starts a function with two arguments, with options. */
    <A, B, R> RemoteTask<R> call(TaskOptions options, RemoteBiFunction<A, B, R> fn, A a, B b);

    /** Starts a function with three arguments. */
    default <A, B, C, R> RemoteTask<R> call(RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return call(TaskOptions.defaults(), fn, a, b, c);
    }

    /** Starts a function with three arguments, with options. */
    <A, B, C, R> RemoteTask<R> call(TaskOptions options, RemoteTriFunction<A, B, C, R> fn, A a, B b, C c);

    /** Starts code with no argument. */
    default RemoteTask<Void> run(RemoteRunnable fn) {
        return run(TaskOptions.defaults(), fn);
    }

    /** Starts code with no argument, with options. */
    RemoteTask<Void> run(TaskOptions options, RemoteRunnable fn);

    /** Starts code with one argument. */
    default <A> RemoteTask<Void> run(RemoteConsumer<A> fn, A a) {
        return run(TaskOptions.defaults(), fn, a);
    }

    /** Starts code with one argument, with options. */
    <A> RemoteTask<Void> run(TaskOptions options, RemoteConsumer<A> fn, A a);

    /** Starts code with two arguments. */
    default <A, B> RemoteTask<Void> run(RemoteBiConsumer<A, B> fn, A a, B b) {
        return run(TaskOptions.defaults(), fn, a, b);
    }

    /** Starts code with two arguments, with options. */
    <A, B> RemoteTask<Void> run(TaskOptions options, RemoteBiConsumer<A, B> fn, A a, B b);

    /** Starts code with three arguments. */
    default <A, B, C> RemoteTask<Void> run(RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return run(TaskOptions.defaults(), fn, a, b, c);
    }

    /** Starts code with three arguments, with options. */
    <A, B, C> RemoteTask<Void> run(TaskOptions options, RemoteTriConsumer<A, B, C> fn, A a, B b, C c);

    /**
     * Calls {@code fn} once for each item. Items are handed out as members get free, so a slow member gets fewer.
     *
     * <p>The collection is read before this returns, and {@code fn} with all that it captures is copied: what is changed later does
     * not reach its tasks. An item is copied when it is handed out, alone, so that many large ones take no memory twice: do
     * not change it before its task has ended. What {@code fn} captures has no object in common with an item.
     */
    default <T, R> TaskGroup<R> map(Collection<? extends T> items, RemoteFunction<T, R> fn) {
        return map(TaskOptions.defaults(), items, fn);
    }

    /** Calls {@code fn} once for each item, as {@link #map(Collection, RemoteFunction)} does, with options for each task. */
    <T, R> TaskGroup<R> map(TaskOptions options, Collection<? extends T> items, RemoteFunction<T, R> fn);

    /** Runs {@code fn} once for each item, handed out as {@link #map(Collection, RemoteFunction)} does. */
    default <T> TaskGroup<Void> forEach(Collection<? extends T> items, RemoteConsumer<T> fn) {
        return forEach(TaskOptions.defaults(), items, fn);
    }

    /** Runs {@code fn} once for each item, handed out as {@code map} does, with options for each task. */
    <T> TaskGroup<Void> forEach(TaskOptions options, Collection<? extends T> items, RemoteConsumer<T> fn);
}

package org.goaway.internal.task;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.CodeCache;
import org.goaway.internal.code.Requests;
import org.goaway.internal.output.StandardStreams;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Envelope;

/** Members in one JVM that hand each other messages, each on its own loop. The first one is the spawner. */
final class TaskCluster implements AutoCloseable {

    private static final long LONG_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<MemberId, Node> byId = new ConcurrentHashMap<>();
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private volatile TaskHost.Present present;

    /** {@code size} members, each with {@code slots} slots; {@code output}: they forward what tasks print. */
    TaskCluster(int size, int slots, boolean output) {
        this(size, slots, output, SizeLimit.VALUE);
    }

    TaskCluster(int size, int slots, boolean output, SizeLimit limit) {
        for (int i = 0; i < size; i++) {
            Node node = new Node(new MemberId(0, i + 1), i == 0 ? "spawner" : "server-" + i, slots);
            byId.put(node.id, node);
            nodes.add(node);
        }
        show(node -> true, List.of());
        nodes.forEach(node -> node.start(output, limit));
    }

    TaskCluster(int size, int slots) {
        this(size, slots, false);
    }

    Tasks spawner() {
        return nodes.get(0).tasks;
    }

    Node node(int index) {
        return nodes.get(index);
    }

    /** The member dies without a word. */
    void lose(int index) {
        Node lost = nodes.get(index);
        lost.dead = true;
        show(Node::isSeen, List.of());
        for (Node node : nodes) {
            if (node != lost) {
                node.loop.execute(() -> node.tasks.onGone(Set.of(lost.id), Set.of()));
            }
        }
    }

    /** The member dies where nothing can be agreed on any more: it is lost to each that has missed it for long. */
    void loseUnagreed(int index) {
        Node lost = nodes.get(index);
        lost.dead = true;
        show(Node::isSeen, List.of(lost));
        nodes.stream()
                .filter(node -> node != lost)
                .forEach(node -> node.loop.execute(() -> node.tasks.onGone(Set.of(lost.id), Set.of())));
    }

    /** The member learns that it is out of the cluster, before the others do. */
    void part(int index) {
        Node parted = nodes.get(index);
        Set<MemberId> others = nodes.stream()
                .filter(node -> node != parted)
                .map(node -> node.id)
                .collect(Collectors.toSet());
        on(parted, () -> others.forEach(parted.tasks::onParted));
    }

    /** All learn that it was out and is back. */
    void together(int index) {
        Node back = nodes.get(index);
        for (Node node : nodes) {
            Set<MemberId> those = node == back
                    ? nodes.stream()
                            .filter(other -> other != back)
                            .map(other -> other.id)
                            .collect(Collectors.toSet())
                    : Set.of(back.id);
            on(node, () -> node.tasks.onGone(those, those));
        }
    }

    private static void on(Node node, Runnable action) {
        CompletableFuture.runAsync(action, node.loop).join();
    }

    /** The member is out of view, or there again; nobody takes it for lost. */
    void show(int index, boolean there) {
        Node node = nodes.get(index);
        show(one -> there || one != node, there ? List.of() : List.of(node));
    }

    private void show(Predicate<Node> seen, List<Node> away) {
        present = new TaskHost.Present(
                nodes.stream().filter(seen).map(Node::asMember).toList(),
                away.stream().map(Node::asMember).toList());
    }

    /** The others take the member for lost, which goes on and hears nothing of it. */
    void suspect(int index) {
        Node suspected = nodes.get(index);
        suspected.cut = true;
        show(Node::isSeen, List.of());
        for (Node node : nodes) {
            if (node != suspected) {
                node.loop.execute(() -> node.tasks.onGone(Set.of(suspected.id), Set.of()));
            }
        }
    }

    /** A suspected member is back, and the others know. */
    void reunite(int index) {
        Node back = nodes.get(index);
        back.cut = false;
        show(Node::isSeen, List.of());
        for (Node node : nodes) {
            if (node != back) {
                CompletableFuture.runAsync(() -> node.tasks.onBack(back.id), node.loop)
                        .join();
            }
        }
    }

    /** The spawner was out of the cluster and is back: the others knew of the first before it does, of the second after it. */
    void dropSpawner() {
        Set<MemberId> others = nodes.stream().skip(1).map(node -> node.id).collect(Collectors.toSet());
        MemberId spawner = nodes.get(0).id;
        onServers(tasks -> tasks.onGone(Set.of(spawner), Set.of()));
        CompletableFuture.runAsync(() -> spawner().onGone(others, others), nodes.get(0).loop)
                .join();
        onServers(tasks -> tasks.onBack(spawner));
    }

    private void onServers(Consumer<Tasks> action) {
        nodes.stream()
                .skip(1)
                .forEach(node -> CompletableFuture.runAsync(() -> action.accept(node.tasks), node.loop)
                        .join());
    }

    /** The member ends what was between it and the other one, which knows nothing of it. */
    void takeForLost(int at, int other) {
        Node node = nodes.get(at);
        node.loop.execute(() -> node.tasks.onGone(Set.of(nodes.get(other).id), Set.of()));
    }

    @Override
    public void close() {
        for (Node node : nodes) {
            node.tasks.close();
            node.loop.shutdownNow();
            if (node.streams != null) {
                node.streams.close();
            }
        }
    }

    record Named(MemberId id, String name, boolean isSelf) implements Member {
        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return 7000;
        }

        @Override
        public Set<String> labels() {
            return Set.of(name);
        }

        @Override
        public boolean isSpawner() {
            return name.equals("spawner");
        }
    }

    /** One member. */
    final class Node implements TaskHost, Transport, Requests {
        final MemberId id;
        final Set<Thread> ended = ConcurrentHashMap.newKeySet();
        private final String name;
        private final int slots;
        private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
        private final Semaphore ticks = new Semaphore(0);
        private StandardStreams streams;
        private Tasks tasks;
        private volatile boolean dead;
        private volatile boolean cut;
        private volatile boolean deaf;
        private final AtomicInteger missed = new AtomicInteger();
        private volatile Runnable onReminder = () -> {};
        private volatile Runnable onLookUp = () -> {};
        private volatile boolean full;
        private volatile Predicate<Message> slow = message -> false;
        private final AtomicLong queued = new AtomicLong();
        private final List<Runnable> leaving = new CopyOnWriteArrayList<>();
        private volatile Predicate<Message> unmade = message -> false;
        private volatile Predicate<Message> unheld = message -> false;
        private volatile ToIntFunction<Message> unheldBytes = message -> 0;
        private final CountDownLatch refusal = new CountDownLatch(1);

        Node(MemberId id, String name, int slots) {
            this.id = id;
            this.name = name;
            this.slots = slots;
        }

        private void start(boolean output, SizeLimit limit) {
            streams = output ? StandardStreams.install() : null;
            Applications applications = new Applications(
                    id,
                    this,
                    loader -> new Codec(loader, null),
                    new CodeCache(1 << 20),
                    member -> byId.get(member).name,
                    List.of());
            tasks = new Tasks(
                    new TaskPorts(id, this, this::offer, (to, bytes) -> queued.get(), this, loop, this, limit),
                    applications,
                    new TaskPorts.Settings(slots, streams, true, LONG_WAIT));
            ScheduledFuture<?> unused = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MILLISECONDS);
        }

        private void tick() {
            long now = System.nanoTime();
            tasks.ticks().forEach(each -> each.accept(now));
            ticks.release();
        }

        /** Whether its loop goes on: two ticks from now on have passed. */
        boolean ticksOn() throws InterruptedException {
            ticks.drainPermits();
            return ticks.tryAcquire(2, 10, TimeUnit.SECONDS);
        }

        Tasks tasks() {
            return tasks;
        }

        Member asMemberApi() {
            return member(id);
        }

        private boolean isSeen() {
            return !dead && !cut;
        }

        private TaskMember asMember() {
            return new TaskMember(id, member(id), 1, slots, true);
        }

        @Override
        public void send(MemberId to, Message message) {
            Node target = byId.get(to);
            boolean parted = target != this && (cut || target.cut);
            if (!dead && !target.dead && !parted && !target.loop.isShutdown()) {
                if (target.deaf && target != this) {
                    target.missed.incrementAndGet();
                    return;
                }
                target.loop.execute(() -> {
                    if (message instanceof Assign assign && !assign.bytes().isEmpty()) {
                        target.onReminder.run();
                    }
                    if (target.unheld.test(message)) {
                        target.tasks.onUnheld(id, target.unheldBytes.applyAsInt(message));
                    } else if (!target.dead) {
                        target.tasks.onMessage(id, message);
                    }
                });
            }
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member -> send(member, message));
        }

        private Collection<MemberId> offer(Collection<MemberId> to, Message message) {
            if (unmade.test(message)) {
                throw new OutOfMemoryError("none left for a message");
            }
            List<MemberId> refused =
                    to.stream().filter(member -> full && !member.equals(id)).toList();
            if (!refused.isEmpty()) {
                refusal.countDown();
            }
            to.stream().filter(member -> !refused.contains(member)).forEach(member -> leave(member, message));
            return List.copyOf(refused);
        }

        private void leave(MemberId to, Message message) {
            if (message instanceof Envelope envelope && queued.get() > 0) {
                queued.addAndGet(((Work) envelope.content()).bytes());
            }
            if (slow.test(message)) {
                queued.addAndGet(TaskPorts.ENOUGH);
                leaving.add(() -> send(to, message));
            } else {
                send(to, message);
            }
        }

        /** Which messages take their time to leave here. */
        void slow(Predicate<Message> messages) {
            slow = messages;
        }

        /** How many messages have not left yet. */
        int leaving() {
            return leaving.size();
        }

        /** Lets what was slow arrive. */
        void arrive() {
            slow = message -> false;
            queued.set(0);
            leaving.forEach(Runnable::run);
            leaving.clear();
        }

        /** So many bytes wait to leave here; envelopes that are sent wait behind them. */
        void queued(long bytes) {
            queued.set(bytes);
        }

        /** Open once a message was refused. */
        CountDownLatch refusal() {
            return refusal;
        }

        /** Runs {@code action} before each reminder of tasks is taken here. */
        void onReminder(Runnable action) {
            onReminder = action;
        }

        /** Whether what others send here gets lost. */
        void deaf(boolean now) {
            deaf = now;
        }

        /** How much got lost. */
        int missed() {
            return missed.get();
        }

        /** For which messages the memory here is too small. */
        void unmade(Predicate<Message> messages) {
            unmade = messages;
        }

        /** Which messages the memory here cannot hold, and how large they are. */
        void unheld(Predicate<Message> messages, ToIntFunction<Message> bytes) {
            unheldBytes = bytes;
            unheld = messages;
        }

        /** Whether too much waits to leave here. */
        void full(boolean now) {
            full = now;
        }

        @Override
        public CompletableFuture<Message> request(MemberId to, Message message, Duration atMost) {
            CompletableFuture<Message> answer = new CompletableFuture<>();
            Node target = byId.get(to);
            target.loop.execute(() -> {
                CompletableFuture<?> unused = target.tasks
                        .onRequest(id, message)
                        .whenComplete((done, failure) -> {
                            if (failure == null) {
                                answer.complete(done);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                        });
            });
            return answer;
        }

        @Override
        public Present present() {
            return present;
        }

        /** Runs {@code action} before each look for a member, in the thread that looks. */
        void onLookUp(Runnable action) {
            onLookUp = action;
        }

        @Override
        public Member member(MemberId member) {
            onLookUp.run();
            return new Named(member, byId.get(member).name, false);
        }

        @Override
        public Cluster cluster(Application application) {
            throw new AssertionError("no test asks for it");
        }

        @Override
        public void taskEnded(Thread thread) {
            ended.add(thread);
        }
    }
}

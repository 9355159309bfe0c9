package org.goaway.internal.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.packing.Item;
import org.goaway.internal.cluster.packing.Link;
import org.goaway.internal.cluster.packing.Unheld;
import org.goaway.metrics.NetworkMXBean;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;

/**
 * The node's {@link Transport}: all messages that a turn of the loop sends to one member leave in one frame.
 *
 * <p>May be called from any thread. Outside the loop a message leaves at once, or some 0.1 ms later with others when many
 * leave for its member ({@link Link#due()}). Never blocks and never throws for a member
 * that is gone. A thread of a program whose stack is almost used up gets a StackOverflowError, and nothing is sent: one in
 * the middle would leave a frame half made. Messages from one thread to one member arrive in their order, and so do those of the loop, except that
 * {@link Message#unordered()} ones and those over 1 MB may be overtaken by later ones. While both ends stay connected
 * nothing is lost, unless more than 256 MB wait for one member, of messages up to 1 MB or of larger ones: then new such messages
 * to it are dropped, with a warning. One that is larger than that by itself is taken while no other large one waits.
 *
 * <p>Arriving messages are decoded on JGroups' threads and handed to the executor of their route; a frame that makes no
 * sense is dropped and logged once for each sender.
 */
public final class PackedTransport implements Transport, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(PackedTransport.class);

    private record Route(BiConsumer<MemberId, Message> handler, Executor executor) {}

    private record Arrival(MemberId from, Message message, BiConsumer<MemberId, Message> handler) implements Runnable {
        @Override
        public void run() {
            handler.accept(from, message);
        }
    }

    private final MemberId self;
    private final String name;
    private final EventLoop loop;
    private final Executor arrivals;
    private final Marshaller marshaller;
    private final Sender sender;
    private final Requests requests;
    private final NetworkFigures figures = new NetworkFigures(this::queued);
    private final Map<Class<?>, Route> routes = new ConcurrentHashMap<>();
    private final Map<MemberId, Link> links = new ConcurrentHashMap<>();
    private final Set<Object> complained = ConcurrentHashMap.newKeySet();

    private volatile ObjIntConsumer<MemberId> unheld = (from, bytes) -> {};
    private volatile boolean closed;

    /** Links with messages of this turn; only the loop touches it. */
    private final Set<Link> dirty = new LinkedHashSet<>();

    /** What is below: JGroups. */
    @FunctionalInterface
    interface Sender {
        /** Hands a frame on; may block unless {@code direct}. */
        void send(MemberId to, byte[] frame, boolean unordered, boolean direct);

        /** This member says that it has got more of what was sent to it. */
        default void arrived(MemberId member) {}
    }

    /** {@code arrivals} runs in the loop what comes in: {@code loop}, or {@link EventLoop#executeOnOwn}. */
    PackedTransport(
            MemberId self, String name, EventLoop loop, Executor arrivals, Marshaller marshaller, Sender sender) {
        this.self = self;
        this.name = name;
        this.loop = loop;
        this.arrivals = arrivals;
        this.marshaller = marshaller;
        this.sender = sender;
        this.requests = new Requests(this, loop);
        loop.atTurnEnd(this::flush);
        loop.onTick(requests::onTick);
    }

    /** Hands messages of this class to {@code handler} on the loop. One route for each class. */
    public <M extends Message> void route(Class<M> type, BiConsumer<MemberId, M> handler) {
        route(type, handler, loop);
    }

    /** Hands messages of this class to {@code handler} on {@code executor}, which must neither block nor run them itself. */
    public <M extends Message> void route(Class<M> type, BiConsumer<MemberId, M> handler, Executor executor) {
        Route route = new Route((from, message) -> handler.accept(from, type.cast(message)), executor);
        if (routes.putIfAbsent(type, route) != null) {
            throw new IllegalStateException("two routes for " + type.getName());
        }
    }

    /** Tells {@code listener}, on the loop, from whom a message of how many bytes came that the memory here cannot hold. */
    public void onUnheld(ObjIntConsumer<MemberId> listener) {
        unheld = listener;
    }

    /** Requests and their answers, which travel in the same frames. */
    public Requests requests() {
        return requests;
    }

    /** What can be told of its traffic in numbers. */
    public NetworkMXBean figures() {
        return figures;
    }

    /** Bytes that wait to leave, over all members. */
    public long queued() {
        return links.values().stream().mapToLong(link -> link.queued()).sum();
    }

    /** Bytes that wait to leave for {@code member} and are bounded together with a message of so many: of large ones, or of the others. */
    public long queued(MemberId member, int bytes) {
        Link link = links.get(member);
        return link == null ? 0 : link.queued(bytes);
    }

    @Override
    public void send(MemberId to, Message message) {
        if (to.equals(self)) {
            deliver(self, message, null);
            return;
        }
        checkStack();
        Link link = links.get(to);
        if (link != null) {
            post(link, Item.of(Item.Kind.MESSAGE, 0, marshaller.encode(message)), message.unordered());
        }
    }

    @Override
    public void multicast(Collection<MemberId> to, Message message) {
        offer(to, message);
    }

    /**
     * Like {@link #multicast}; returns the members for whom it was dropped since too much waits for them. Throws only where
     * no message can be made of it, so that nothing has left.
     */
    public Collection<MemberId> offer(Collection<MemberId> to, Message message) {
        checkStack();
        Item item = Item.of(Item.Kind.MESSAGE, 0, marshaller.encode(message));
        List<MemberId> refused = List.of();
        int others = 0;
        for (MemberId member : to) {
            Link link = links.get(member);
            if (link != null) {
                others++;
                if (!post(link, item, message.unordered())) {
                    refused = refused.isEmpty() ? new ArrayList<>() : refused;
                    refused.add(member);
                }
            }
        }
        if (others > 1) {
            figures.multicast();
        }
        return refused;
    }

    /** Posts a request, answer or refusal; false: the member is gone or too much waits for it. */
    boolean post(MemberId to, Item.Kind kind, long id, Message message) {
        return post(to, Item.of(kind, id, marshaller.encode(message)));
    }

    boolean post(MemberId to, Item item) {
        checkStack();
        Link link = links.get(to);
        return link != null && post(link, item, true);
    }

    private void checkStack() {
        if (!loop.inLoop() && !StackRoom.isEnough()) {
            throw new StackOverflowError("no room on the stack to send a message; nothing was sent");
        }
    }

    MemberId self() {
        return self;
    }

    private boolean post(Link link, Item item, boolean unordered) {
        try {
            return added(link, item, unordered);
        } catch (VirtualMachineError e) { // no memory or stack for the way out: it may have left, or is lost
            LOG.warn("{}: a message may have got lost", name, e);
            return true;
        }
    }

    private boolean added(Link link, Item item, boolean unordered) {
        boolean added = link.add(item, unordered);
        if (added) {
            figures.message();
        }
        if (loop.inLoop()) {
            dirty.add(link);
        } else if (loop.nanos() - link.due() >= 0) {
            link.flush();
        } else {
            flushWhenDue(link);
        }
        return added;
    }

    private void flushWhenDue(Link link) {
        if (link.await()) {
            loop.executeAt(link.due(), () -> {
                if (link.hasWaited()) {
                    if (loop.nanos() - link.due() >= 0) {
                        dirty.add(link);
                    } else { // some have left meanwhile
                        flushWhenDue(link);
                    }
                }
            });
        }
    }

    private void flush() {
        if (!dirty.isEmpty()) {
            dirty.forEach(link -> link.flush());
            dirty.clear();
        }
    }

    /** The members to which messages can go now, self excluded. Called on the loop. */
    void connect(Set<MemberId> members) {
        if (closed) {
            return;
        }
        for (MemberId member : members) {
            if (!member.equals(self)) {
                linkTo(member);
            }
        }
        for (MemberId member : List.copyOf(links.keySet())) {
            if (!members.contains(member)) {
                drop(member);
            }
        }
    }

    /** Ends the link with {@code member}, unless another thread did: the loop may drop it while {@link #close} does. */
    private void drop(MemberId member) {
        Link link = links.remove(member);
        if (link != null) {
            link.close();
            requests.onGone(member);
        }
    }

    private Link linkTo(MemberId member) {
        Link link = links.computeIfAbsent(member, this::link);
        if (closed) {
            drop(member); // close() may have passed by already
        }
        return link;
    }

    private Link link(MemberId member) {
        return new Link("goaway-send-" + name + "-" + member, new Link.Wire() {
            @Override
            public void write(byte[] frame, boolean unordered, boolean direct) {
                figures.sent(frame.length);
                sender.send(member, frame, unordered, direct);
            }

            @Override
            public void arrived() {
                sender.arrived(member);
            }
        });
    }

    /** Takes a frame apart. Called on JGroups' threads; never throws. */
    void receive(MemberId from, ByteBuffer frame) {
        if (closed) {
            return;
        }
        figures.received(frame.remaining());
        List<Arrival> forLoop = new ArrayList<>();
        try {
            // A frame may come before the view that brings its sender. One that comes after the view that lost it makes
            // a link that the next view removes.
            Link link = linkTo(from);
            if (link.take(frame, item -> take(from, item, forLoop), lost -> unheld(from, lost))) {
                loop.execute(link::report);
            }
        } catch (RuntimeException e) {
            complain(
                    from,
                    "dropped a frame from " + from + " that makes no sense; further ones are dropped silently",
                    e);
        }
        if (!forLoop.isEmpty()) {
            arrivals.execute(forLoop.size() == 1 ? forLoop.get(0) : () -> forLoop.forEach(this::guarded));
        }
    }

    private void take(MemberId from, Item item, List<Arrival> forLoop) {
        if (item.kind() == Item.Kind.REFUSAL) {
            requests.onRefusal(from, item.id(), item);
            return;
        }
        Message message;
        try {
            message = decode(item);
        } catch (OutOfMemoryError e) {
            unheld(from, new Unheld(item.kind(), item.id(), item.payload().remaining(), e));
            return;
        }
        switch (item.kind()) {
            case MESSAGE -> deliver(from, message, forLoop);
            case REQUEST -> requests.onRequest(from, item.id(), message);
            case ANSWER -> requests.onAnswer(from, item.id(), message);
            case REFUSAL, CHUNK -> throw new IllegalArgumentException("not a message: " + item.kind());
        }
    }

    private Message decode(Item item) {
        ByteBuffer payload = item.payload();
        return marshaller.decode(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
    }

    /** Who waits for something is told: repeated, it would be too large again. */
    private void unheld(MemberId from, Unheld lost) {
        LOG.warn("{}: no memory for {} bytes that {} has sent", name, lost.bytes(), from, lost.why());
        switch (lost.kind()) {
            case MESSAGE -> loop.execute(() -> unheld.accept(from, lost.bytes()));
            case REQUEST -> requests.refuse(from, lost);
            case ANSWER -> requests.onUnheld(from, lost);
            case REFUSAL, CHUNK -> LOG.debug("nobody waits for a {}", lost.kind());
        }
    }

    private void deliver(MemberId from, Message message, List<Arrival> forLoop) {
        Route route = routes.get(message.getClass());
        if (route == null) {
            complain(
                    message.getClass(),
                    "nobody here takes a " + message.getClass().getName(),
                    null);
            return;
        }
        Arrival arrival = new Arrival(from, message, route.handler);
        if (route.executor == loop && forLoop != null) {
            forLoop.add(arrival);
        } else {
            hand(route.executor, arrival);
        }
    }

    /** Hands over, unless the executor has been closed. */
    static void hand(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} takes nothing any more", executor, e);
        }
    }

    private void guarded(Arrival arrival) {
        try {
            arrival.run();
        } catch (Throwable e) { // whatever it is, those that came in the same frame are not to go with it
            SafeLog.error(LOG, "{}: a message from {} failed: {}", name, arrival.from, arrival.message.getClass(), e);
        }
    }

    private void complain(Object about, String what, RuntimeException cause) {
        if (complained.add(about)) {
            LOG.warn("{}: {}", name, what, cause);
        }
    }

    /** Ends the sending threads; what waits is dropped and open requests fail. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(links.keySet()).forEach(this::drop);
    }
}

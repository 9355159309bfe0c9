package org.goaway.internal.node;

import java.util.List;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.task.Tasks;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.coordination.Woken;
import org.goaway.protocol.fastread.FastReadMessage;
import org.goaway.protocol.lock.LockMessage;
import org.goaway.protocol.membership.EpochMessage;
import org.goaway.protocol.membership.Epochs;
import org.goaway.protocol.membership.RegistrarMessage;
import org.goaway.protocol.release.ReleaseMessage;
import org.goaway.protocol.spine.SpineMessage;
import org.goaway.protocol.strict.Changed;
import org.goaway.protocol.weak.Collect;
import org.goaway.protocol.weak.Compare;
import org.goaway.protocol.weak.Differing;
import org.goaway.protocol.weak.Held;
import org.goaway.protocol.weak.Installed;
import org.goaway.protocol.weak.Sets;

/** Which part of the node handles which message; all of them on the event loop. */
record Routes(GroupChannel channel, EventLoop loop, NodeProtocols protocols, Tasks tasks) {

    void register() {
        permitted(EpochMessage.class)
                .forEach(type -> channel.transport()
                        .route(type, (from, message) -> protocols.epochs().onMessage(from, (EpochMessage) message)));
        permitted(RegistrarMessage.class)
                .forEach(type -> channel.transport()
                        .route(
                                type,
                                (from, message) -> protocols.registrar().onMessage(from, (RegistrarMessage) message)));
        route(protocols.spine(), permitted(SpineMessage.class));
        route(protocols.strict(), List.of(Changed.class));
        route(protocols.coordination(), List.of(Woken.class));
        route(protocols.fastRead(), permitted(FastReadMessage.class));
        route(
                protocols.weak(),
                List.of(Sets.class, Installed.class, Compare.class, Differing.class, Collect.class, Held.class));
        route(protocols.locks(), permitted(LockMessage.class));
        route(protocols.release(), permitted(ReleaseMessage.class));
        Tasks.MESSAGES.forEach(type -> channel.transport().route(type, tasks::onMessage));
        Tasks.REQUESTS.forEach(type -> channel.requests()
                .handle(
                        type,
                        (from, question) -> tasks.onRequest(from, question).thenApply(answer -> (Message) answer),
                        loop));
    }

    /** What means something only in its epoch passes the gate that compares epochs (PROTOCOLS.md C7). */
    private void route(Protocol protocol, List<? extends Class<? extends Message>> types) {
        Epochs epochs = protocols.epochs();
        for (Class<? extends Message> type : types) {
            if (Fenced.class.isAssignableFrom(type)) {
                channel.transport().route(type, (from, message) -> epochs.receive(from, (Fenced) message, protocol));
            } else {
                channel.transport().route(type, protocol::onMessage);
            }
        }
    }

    private static List<? extends Class<? extends Message>> permitted(Class<? extends Message> messages) {
        return List.of(messages.getPermittedSubclasses()).stream()
                .<Class<? extends Message>>map(type -> type.asSubclass(Message.class))
                .toList();
    }
}

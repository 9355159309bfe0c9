package org.goaway.protocol.spine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * What each client has been answered, so that a command that reaches the log again is not applied again. A client's
 * table is bounded by what it has in flight. One writer: whoever applies the log.
 */
final class Answers {

    private final Map<MemberId, Client> clients = new LinkedHashMap<>();

    /** Learns what {@code command}'s client still waits for, and whether it waits for this one. */
    boolean wanted(Command command) {
        Client client = clients.computeIfAbsent(command.client(), absent -> new Client());
        client.raise(command.lowest());
        return command.sequence() >= client.lowest;
    }

    /** The answer given before; null: none. */
    Message known(Command command) {
        return clients.get(command.client()).answers.get(command.sequence());
    }

    void keep(Command command, Message answer) {
        clients.get(command.client()).answers.put(command.sequence(), answer);
    }

    /**
     * These clients' stints have ended. Their answers are dropped, but not what they had asked for: a client that comes
     * back, or a message that was delayed for long, must not have an old command applied again. Whatever it had asked
     * before and not been answered it is never answered now.
     */
    void onLeft(Set<MemberId> members) {
        for (MemberId member : members) {
            Client client = clients.get(member);
            if (client != null && !client.answers.isEmpty()) {
                client.raise(client.answers.lastKey() + 1);
            }
        }
    }

    void writeTo(Consumer<Message> pieces) {
        clients.forEach((member, client) -> {
            List<Reply> answers = new ArrayList<>();
            client.answers.forEach((sequence, answer) -> answers.add(new Reply(member, sequence, answer)));
            pieces.accept(new SpinePiece(member, client.lowest, answers));
        });
    }

    void read(SpinePiece piece) {
        Client client = new Client();
        client.lowest = piece.lowest();
        piece.answers().forEach(answer -> client.answers.put(answer.sequence(), answer.answer()));
        clients.put(piece.client(), client);
    }

    void reset() {
        clients.clear();
    }

    private static final class Client {
        private final TreeMap<Long, Message> answers = new TreeMap<>();
        private long lowest = 1;

        void raise(long to) {
            if (to > lowest) {
                lowest = to;
                answers.headMap(to).clear();
            }
        }
    }
}

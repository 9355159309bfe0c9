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

    /** The client of the last command: an entry's commands mostly come from one after the other. */
    private Client recent = new Client(null);

    /** Learns what {@code command}'s client still waits for, and whether this one is older than what is known of it. */
    boolean forgot(Command command) {
        Client client = of(command);
        client.raise(command.lowest());
        return command.sequence() < client.lowest;
    }

    /** The answer given before; null: none. */
    Message known(Command command) {
        return of(command).answers.get(command.sequence());
    }

    void keep(Command command, Message answer) {
        of(command).answers.put(command.sequence(), answer);
    }

    private Client of(Command command) {
        if (!command.client().equals(recent.member)) {
            recent = clients.computeIfAbsent(command.client(), Client::new);
        }
        return recent;
    }

    /**
     * These clients' stints have ended. Their answers are dropped, but not what they had asked for: a client that comes
     * back, or a message that was delayed for long, must not have an old command applied again. Whatever it had asked
     * before and not been answered is answered by {@link Forgotten} now, even if it was never applied.
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
        Client client = new Client(piece.client());
        client.lowest = piece.lowest();
        piece.answers().forEach(answer -> client.answers.put(answer.sequence(), answer.answer()));
        clients.put(piece.client(), client);
    }

    void reset() {
        clients.clear();
        recent = new Client(null);
    }

    private static final class Client {
        private final MemberId member;
        private final TreeMap<Long, Message> answers = new TreeMap<>();
        private long lowest = 1;

        Client(MemberId member) {
            this.member = member;
        }

        void raise(long to) {
            if (to > lowest) {
                lowest = to;
                while (!answers.isEmpty() && answers.firstKey() < to) {
                    answers.pollFirstEntry();
                }
            }
        }
    }
}

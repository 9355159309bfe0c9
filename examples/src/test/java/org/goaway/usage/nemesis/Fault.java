package org.goaway.usage.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is done to a cluster.
 *
 * @param lasts until it is mended; zero: it is not
 */
record Fault(Harm harm, Target target, Duration lasts) {

    /** What happens to processes and their links. */
    enum Harm {
        /** Ends it without a chance to say so. */
        KILL {
            @Override
            Set<String> to(String victim, Running running) {
                running.kill(victim);
                return Set.of(victim);
            }
        },
        /** Stops it for a while; its connections stay. */
        PAUSE {
            @Override
            Set<String> to(String victim, Running running) {
                running.stop(victim);
                return Set.of(victim);
            }
        },
        /** Nothing passes between it and all others. */
        CUT_OFF {
            @Override
            Set<String> to(String victim, Running running) {
                running.cut(Way.between(victim, running.others(victim)));
                return Set.of(victim);
            }
        },
        /** What it sends reaches nobody. */
        MUTE {
            @Override
            Set<String> to(String victim, Running running) {
                running.cut(running.others(victim).stream()
                        .map(other -> new Way(victim, other))
                        .toList());
                return Set.of(victim);
            }
        },
        /** What is sent to it does not arrive. */
        DEAF {
            @Override
            Set<String> to(String victim, Running running) {
                running.cut(running.others(victim).stream()
                        .map(other -> new Way(other, victim))
                        .toList());
                return Set.of(victim);
            }
        },
        /** Nothing passes between it and one other server; both see the rest. */
        BRIDGE {
            @Override
            Set<String> to(String victim, Running running) {
                String other = another(victim, running);
                running.cut(Way.between(victim, List.of(other)));
                return Set.of(victim, other);
            }
        },
        /** Nothing passes between it and one other server, and the one that leads sees both. */
        APART {
            @Override
            Set<String> to(String victim, Running running) {
                String other = running.servers().stream()
                        .filter(server -> !server.equals(victim) && !server.equals(running.leader()))
                        .findFirst()
                        .orElseThrow();
                running.cut(Way.between(victim, List.of(other)));
                return Set.of(victim, other);
            }

            /** A lease and a half until the broken link counts, a lease until one of its ends is out, and a second. */
            @Override
            Optional<Duration> goesOnWithin() {
                return Optional.of(Duration.ofSeconds(6));
            }
        },
        /** A server comes. */
        JOIN {
            @Override
            Set<String> to(String victim, Running running) {
                running.join();
                return Set.of();
            }
        },
        /** It leaves by its own word. */
        LEAVE {
            @Override
            Set<String> to(String victim, Running running) {
                running.leave(victim);
                return Set.of(victim);
            }
        },
        /** It leaves by its own word, and a fresh one comes at once. */
        REPLACE {
            @Override
            Set<String> to(String victim, Running running) throws InterruptedException {
                running.join();
                return LEAVE.to(victim, running);
            }
        },
        /** It is killed while a fresh one comes. */
        KILL_AND_JOIN {
            @Override
            Set<String> to(String victim, Running running) throws InterruptedException {
                return whileOneComes(KILL, victim, running);
            }
        },
        /** It stops for a while, and a fresh one comes meanwhile. */
        PAUSE_AND_JOIN {
            @Override
            Set<String> to(String victim, Running running) throws InterruptedException {
                return whileOneComes(PAUSE, victim, running);
            }
        },
        /** It stops for a while, and another one leaves meanwhile. */
        PAUSE_AND_LEAVE {
            @Override
            Set<String> to(String victim, Running running) {
                String other = another(victim, running);
                running.stop(victim);
                running.leave(other);
                return Set.of(victim, other);
            }
        };

        /** About the time that a process takes from its start until it is taken in. */
        private static final int COMES_MILLIS = 2_000;

        private static Set<String> whileOneComes(Harm harm, String victim, Running running)
                throws InterruptedException {
            running.join();
            Round.pause(Duration.ofMillis(running.random().nextInt(COMES_MILLIS)));
            return harm.to(victim, running);
        }

        private static String another(String victim, Running running) {
            return running.servers().stream()
                    .filter(server -> !server.equals(victim))
                    .findFirst()
                    .orElseThrow();
        }

        /** After how long those that are not hit write again although it lasts; empty: after it was mended. */
        Optional<Duration> goesOnWithin() {
            return Optional.empty();
        }

        /** Does it and returns the servers that it hits. */
        abstract Set<String> to(String victim, Running running) throws InterruptedException;
    }

    /** To whom: every server is home to some of the objects, so who does not lead stands for a home. */
    enum Target {
        ANY,
        LEADER,
        HOME,
        LEADER_AND_HOME
    }

    /** Does it; returns the servers that it hits. */
    Set<String> begin(Running running) throws InterruptedException {
        Set<String> victims = victims(running);
        Set<String> hit = new HashSet<>();
        for (String victim : victims) {
            hit.addAll(harm.to(victim, running));
        }
        return hit;
    }

    /** Mends what can be mended. */
    void end(Running running) {
        running.mend();
    }

    private Set<String> victims(Running running) {
        String leader = running.leader();
        List<String> servers = new ArrayList<>(running.servers());
        Collections.shuffle(servers, running.random());
        if (target == Target.ANY) {
            return Set.of(servers.get(0));
        }
        servers.remove(leader);
        Set<String> victims = new HashSet<>();
        if (target != Target.HOME) {
            victims.add(leader);
        }
        if (target != Target.LEADER) {
            victims.add(servers.get(0));
        }
        return victims;
    }

    @Override
    public String toString() {
        String what = harm == Harm.JOIN
                ? "join"
                : (harm + " " + target).toLowerCase(Locale.ROOT).replace('_', ' ');
        return lasts.isZero() ? what : what + " " + lasts.toMillis() + " ms";
    }
}

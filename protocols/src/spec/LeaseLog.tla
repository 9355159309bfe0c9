------------------------------ MODULE LeaseLog ------------------------------
(***************************************************************************)
(* Leases as the replicated log keeps them: RENEW, CHANGE(drop) and        *)
(* CHANGE(add) are entries of one log.  A leader DECIDES to drop on what   *)
(* its replica has applied; the entry is APPLIED later, after whatever came*)
(* between, and perhaps under another leader (a proposal is repeated).     *)
(* One member m, dropped and taken back; discrete time; the clocks run     *)
(* alike (add the drift to L at the register's side).                      *)
(*                                                                         *)
(* - The log is the committed one.  An entry has effect when it is in it:  *)
(*   the earliest possible.  D deciders (replicas) apply it later, step by *)
(*   step or by a snapshot.  A deposed leader does not notice.             *)
(* - m may give its lease up by its own word (LEAVING): it uses none any   *)
(*   more until it has learned a later stint, then it is dropped at once.  *)
(*   A RENEW of m may be under way meanwhile.                              *)
(* - A stint is what joinEpoch tells: the number of times m was added.     *)
(*   The count of RENEWs starts anew with each (the harder case).          *)
(* Omit: rules switched OFF.                                               *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS D, T, L, MaxRenew, MaxStint, Omit
On(r) == r \notin Omit
Deciders == 1..D

VARIABLES now,
          log,      \* entries "renew", "drop", "add"
          reqs,     \* RENEWs of m: times of sending
          grants,   \* answers under way: <<stint at which it was applied, time of sending>>
          my, leaseEnd, left,  \* m: stint it has learned, lease, has given up in it
          word,     \* LEAVINGs sent: stints
          at, last, \* decider: entries applied; its clock when it applied the latest RENEW
          since,    \* decider: time of its election, -1 = follower
          props     \* CHANGE(drop)s decided: <<stint, count, early>>
vars == <<now, log, reqs, grants, my, leaseEnd, left, word, at, last, since, props>>
Max(a, b) == IF a > b THEN a ELSE b

\* the register's state after the first i entries
RECURSIVE Reg(_)
Reg(i) == IF i = 0 THEN [in |-> TRUE, stint |-> 1, count |-> 0]
          ELSE LET r == Reg(i - 1) IN
               CASE log[i] = "renew" -> [r EXCEPT !.count = @ + 1]
                 [] log[i] = "drop"  -> [r EXCEPT !.in = FALSE]
                 [] log[i] = "add"   -> [in |-> TRUE, stint |-> r.stint + 1, count |-> 0]
Present == Reg(Len(log))

Init == /\ now = 0 /\ log = <<>> /\ reqs = {} /\ grants = {}
        /\ my = 1 /\ leaseEnd = 0 /\ left = FALSE /\ word = {}
        /\ at = [d \in Deciders |-> 0] /\ last = [d \in Deciders |-> -L]
        /\ since = [d \in Deciders |-> -1] /\ props = {}
Tick == now < T /\ now' = now + 1
        /\ UNCHANGED <<log, reqs, grants, my, leaseEnd, left, word, at, last, since, props>>

-----------------------------------------------------------------------------
(* The member *)
Renew == /\ ~left /\ Cardinality(reqs) < MaxRenew /\ reqs' = reqs \cup {now}
         /\ UNCHANGED <<now, log, grants, my, leaseEnd, left, word, at, last, since, props>>
\* L1: the answer names the stint; m learns that first.  Who has given up takes none.
Take(g) == /\ On("leaseEpoch") => my >= g[1]
           /\ On("leaverDeaf") => ~left
           /\ leaseEnd' = Max(leaseEnd, g[2] + L)
           /\ UNCHANGED <<now, log, reqs, grants, my, left, word, at, last, since, props>>
Learn == /\ my < Present.stint /\ my' = Present.stint /\ left' = FALSE
         /\ UNCHANGED <<now, log, reqs, grants, leaseEnd, word, at, last, since, props>>
Leave == /\ ~left /\ left' = TRUE /\ leaseEnd' = 0 /\ word' = word \cup {my}
         /\ UNCHANGED <<now, log, reqs, grants, my, at, last, since, props>>

-----------------------------------------------------------------------------
(* The log *)
Renewed(t) == /\ Present.in /\ \A g \in grants : g[2] # t     \* applied once
              /\ log' = Append(log, "renew")
              /\ grants' = grants \cup {<<Present.stint, t>>}
              /\ UNCHANGED <<now, reqs, my, leaseEnd, left, word, at, last, since, props>>
\* C2a: the command names the stint and tells how many RENEWs the decision rests on.
Dropped(p) == /\ Present.in
              /\ On("dropStint") => p[1] = Present.stint
              /\ On("renewCount") => p[3] \/ p[2] >= Present.count
              /\ log' = Append(log, "drop")
              /\ UNCHANGED <<now, reqs, grants, my, leaseEnd, left, word, at, last, since, props>>
Added == /\ ~Present.in /\ Present.stint < MaxStint
         /\ log' = Append(log, "add")
         /\ UNCHANGED <<now, reqs, grants, my, leaseEnd, left, word, at, last, since, props>>

-----------------------------------------------------------------------------
(* A decider *)
Apply(d) == /\ at[d] < Len(log)
            /\ at' = [at EXCEPT ![d] = @ + 1]
            /\ last' = [last EXCEPT ![d] = IF log[at[d] + 1] = "renew" THEN now ELSE @]
            /\ UNCHANGED <<now, log, reqs, grants, my, leaseEnd, left, word, since, props>>
\* A follower is brought up by a snapshot, or starts again: it knows the count, and no time.
Snapshot(d) == /\ since[d] = -1 /\ at[d] < Len(log)
               /\ at' = [at EXCEPT ![d] = Len(log)]
               /\ UNCHANGED <<now, log, reqs, grants, my, leaseEnd, left, word, last, since, props>>
Elect(d) == /\ since[d] = -1 /\ since' = [since EXCEPT ![d] = now]
            /\ UNCHANGED <<now, log, reqs, grants, my, leaseEnd, left, word, at, last, props>>
StepDown(d) == /\ since[d] # -1 /\ since' = [since EXCEPT ![d] = -1]
               /\ UNCHANGED <<now, log, reqs, grants, my, leaseEnd, left, word, at, last, props>>
Decide(d) == LET r == Reg(at[d]) IN
             /\ since[d] # -1 /\ r.in
             /\ On("waitGrant") => now >= last[d] + L
             /\ On("newLeaderWaits") => now >= since[d] + L
             /\ props' = props \cup {<<r.stint, r.count, FALSE>>}
             /\ UNCHANGED <<now, log, reqs, grants, my, leaseEnd, left, word, at, last, since>>
\* At once, on m's own word: no wait, no count.  The command names the stint of the word.
DecideEarly(d) == LET r == Reg(at[d]) IN
             /\ since[d] # -1 /\ r.in
             /\ \E s \in IF On("giveUp") THEN word ELSE {r.stint} :
                   props' = props \cup {<<s, 0, TRUE>>}
             /\ UNCHANGED <<now, log, reqs, grants, my, leaseEnd, left, word, at, last, since>>

Next == \/ Tick \/ Renew \/ Learn \/ Leave \/ Added
        \/ \E g \in grants : Take(g)
        \/ \E t \in reqs : Renewed(t)
        \/ \E p \in props : Dropped(p)
        \/ \E d \in Deciders : \/ Apply(d) \/ Snapshot(d) \/ Elect(d) \/ StepDown(d)
                               \/ Decide(d) \/ DecideEarly(d)
Spec == Init /\ [][Next]_vars

\* What FastRead.tla and Release.tla assume (HasLease): who has a lease is a member and has
\* learned the epoch in which it came in.
LeaseOfMember == leaseEnd > now => Present.in /\ my = Present.stint

\* States that differ only in messages that no step can use alike.
View == <<now, log, my, leaseEnd, left, at, last, since, Cardinality(reqs),
          {t \in reqs : (\A g \in grants : g[2] # t) /\ t + L > now},
          Cardinality({t \in reqs : (\A g \in grants : g[2] # t) /\ t + L <= now}),
          {g \in grants : g[2] + L > now}, word,
          {p \in props : On("dropStint") => p[1] >= Present.stint}>>
=============================================================================

---------------------------- MODULE FastReadOps ----------------------------
(***************************************************************************)
(* Fast-read objects: operations that depend on the value they meet (CAS,  *)
(* SET_IF, ADD), a window of two operations per client, retries by number. *)
(* One object with one field; epochs, leases, crashes and network as in    *)
(* FastRead.tla, whose rules are all on here.                              *)
(*                                                                         *)
(* The value is the sequence of the operations applied.  An operation      *)
(* appends its name: so each value tells what it was computed from, and    *)
(* "every committed value extends the one before, no name twice" is        *)
(* exactly-once, no lost update, and CAS in one.  Client A sends 1 and 2   *)
(* without waiting, client B sends 3.  An operation in Cond is conditional *)
(* (CAS, SET_IF): elsewhere it is REFUSED and changes nothing.             *)
(*                                                                         *)
(* - val.f holds the refused operations that the ledgers of an entry tell. *)
(* - sent[o] is the highest epoch in which o's client has sent it.  A      *)
(*   message sent in an earlier epoch may still be under way, and always   *)
(*   is: the client may have sent to two homes at almost the same time.    *)
(* - A commit answers all clients whose operations it carries, or none     *)
(*   (the answers are lost).                                               *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

CONSTANTS N, NOps,
          Cond,    \* the conditional operations: each applies where ...
          Want,    \* ... "3 has been applied" is Want
          Window,  \* 2: client A sends 1 and 2 without waiting; 1: 2 is another client's
          MaxBatch, MaxEpoch, MaxCrash, MaxJoin, Omit

Nodes == 1..N
Ops   == 1..NOps
On(rule) == rule \notin Omit

VARIABLES E, up, known, synced, ent, rnd, locks, acks, upds, snaps, reps,
          memo,    \* memo[h]: operations that home h has refused by itself in this epoch
          late,    \* late[h]: refusals that wait for the open round (rule rideEarly off)
          direct,  \* refusals under way: <<operation, epoch, version it rests on>>
          sent, res, \* client: see above; res[o] "-" unanswered, "ok", "no" refused
          ostart,  \* ghost: floor when o was invoked, -1 = not yet
          floor,   \* ghost: highest version that something finished has shown
          fresh,   \* ghost: no refusal rested on a copy older than its invocation
          crashes, joins

mem  == <<E, up, known, synced>>
net  == <<locks, acks, upds, snaps, reps>>
cli  == <<direct, sent, res, ostart, floor, fresh>>
cnt  == <<crashes, joins>>
vars == <<mem, ent, rnd, net, memo, late, cli, cnt>>

Max(a, b) == IF a > b THEN a ELSE b
MinOf(S)  == CHOOSE x \in S : \A y \in S : x <= y
agreed    == Len(E)
Empty     == [s |-> <<>>, f |-> {}]
First     == [ver |-> 1, val |-> Empty, st |-> "V"]
Blank     == [ver |-> 0, val |-> Empty, st |-> "V"]
Home(e)   == MinOf(E[e].full)
IsHome(n) == up[n] /\ known[n] > 0 /\ Home(known[n]) = n
HasLease(n) == n \in E[agreed].mem /\ known[n] >= E[agreed].join[n]
CanRead(n)  == up[n] /\ known[n] > 0 /\ HasLease(n) /\ synced[n] /\ ent[n].st = "V"
In(o, s)    == \E i \in 1..Len(s) : s[i] = o
Known(v)    == v.f \cup {o \in Ops : In(o, v.s)}

Init == /\ E = << [mem |-> Nodes, full |-> Nodes, join |-> [n \in Nodes |-> 1]] >>
        /\ up = [n \in Nodes |-> TRUE] /\ known = [n \in Nodes |-> 1]
        /\ synced = [n \in Nodes |-> TRUE]
        /\ ent = [n \in Nodes |-> First] /\ rnd = [n \in Nodes |-> 0]
        /\ locks = {} /\ acks = {} /\ snaps = {} /\ reps = {} /\ upds = {<<1, Empty>>}
        /\ memo = [n \in Nodes |-> {}] /\ late = [n \in Nodes |-> {}] /\ direct = {}
        /\ sent = [o \in Ops |-> 0] /\ res = [o \in Ops |-> "-"]
        /\ ostart = [o \in Ops |-> -1] /\ floor = 1 /\ fresh = TRUE
        /\ crashes = 0 /\ joins = 0

-----------------------------------------------------------------------------
(* Membership: as in FastRead.tla *)

Crash(n) == /\ crashes < MaxCrash /\ up[n]
            /\ crashes' = crashes + 1
            /\ up' = [up EXCEPT ![n] = FALSE]
            /\ ent' = [ent EXCEPT ![n] = Blank]
            /\ synced' = [synced EXCEPT ![n] = FALSE]
            /\ rnd' = [rnd EXCEPT ![n] = 0]
            /\ memo' = [memo EXCEPT ![n] = {}] /\ late' = [late EXCEPT ![n] = {}]
            /\ known' = [known EXCEPT ![n] = 0]
            /\ UNCHANGED <<E, net, cli, joins>>

ChangeEpoch(M, J) ==
  LET old  == E[agreed]
      kept == M \ J
      maybe == {n \in kept \ old.full : up[n] /\ synced[n] /\ known[n] >= old.join[n]}
  IN /\ agreed < MaxEpoch
     /\ M # {} /\ J \subseteq M /\ M \ old.mem \subseteq J
     /\ \A n \in J \cap old.mem : ~up[n]
     /\ joins + Cardinality(J) <= MaxJoin
     /\ \E P \in SUBSET maybe :
          LET F == (old.full \cap kept) \cup P IN
          /\ F # {}
          /\ M # old.mem \/ J # {} \/ F # old.full
          /\ E' = Append(E, [mem |-> M, full |-> F,
                             join |-> [n \in Nodes |-> IF n \in J THEN agreed + 1
                                                                  ELSE old.join[n]]])
     /\ joins' = joins + Cardinality(J)
     /\ up' = [n \in Nodes |-> up[n] \/ n \in J]
     /\ UNCHANGED <<known, synced, ent, rnd, net, memo, late, cli, crashes>>

Learn(n, e) ==
  LET anew == E[e].join[n] > known[n]
      en   == IF anew THEN Blank ELSE ent[n] IN
  /\ up[n] /\ e > known[n] /\ n \in E[e].mem
  /\ known[n] = 0 => e >= E[agreed].join[n]
  /\ known' = [known EXCEPT ![n] = e]
  /\ ent' = [ent EXCEPT ![n] = en]
  /\ synced' = [synced EXCEPT ![n] = IF anew THEN FALSE ELSE @]
  /\ rnd' = [rnd EXCEPT ![n] = 0]
  /\ memo' = [memo EXCEPT ![n] = {}] /\ late' = [late EXCEPT ![n] = {}]
  /\ reps' = reps \cup {<<n, e, en>>}
  /\ UNCHANGED <<E, up, locks, acks, upds, snaps, cli, cnt>>

-----------------------------------------------------------------------------
(* Operations *)

\* What the home h knows of operations: what its entry's ledger tells, and what
\* it has refused by itself since it learned the epoch.
Told(h) == Known(ent[h].val) \cup memo[h]

\* W1, F2: o of client A (1 or 2) comes after those before it.  The message
\* tells which of them the client has the answers of.
InOrder(o, before) == o # 2 \/ Window = 1 \/ 1 \in before \/ res[1] # "-" \/ ~On("seqOrder")

\* o is sent in epoch e now, or has been.
MaySend(o, e) == e > sent[o] => res[o] = "-"
Sending(q, e) == /\ sent' = [o \in Ops |-> IF In(o, q) THEN Max(sent[o], e) ELSE sent[o]]
                 /\ ostart' = [o \in Ops |-> IF In(o, q) /\ ostart[o] < 0 THEN floor ELSE ostart[o]]

Apply(v, o) == IF o \in Cond /\ In(3, v.s) # Want THEN [v EXCEPT !.f = @ \cup {o}]
                                            ELSE [v EXCEPT !.s = Append(@, o)]
RECURSIVE Fold(_, _)
Fold(v, q) == IF q = <<>> THEN v ELSE Fold(Apply(v, Head(q)), Tail(q))

NextVer(h) == IF ent[h].ver < 10 * known[h] THEN 10 * known[h] + 1 ELSE ent[h].ver + 1
StartRound(h, val) ==
  LET v == NextVer(h) IN
  /\ ent' = [ent EXCEPT ![h] = [ver |-> v, val |-> val, st |-> "L"]]
  /\ rnd' = [rnd EXCEPT ![h] = v]
  /\ locks' = locks \cup {<<known[h], v, val>>}

\* New operations, or such as the home has not heard of.
Fit(h, q) ==
  /\ \A i \in 1..Len(q) : /\ \A j \in 1..(i-1) : q[i] # q[j]
                          /\ On("dedup") => q[i] \notin Told(h)
                          /\ MaySend(q[i], known[h])
                          /\ InOrder(q[i], Told(h) \cup {q[j] : j \in 1..(i-1)})
Queues == UNION {[1..k -> Ops] : k \in 1..MaxBatch}

\* The home takes operations that change something together: one round.  With it
\* goes all that it has refused by itself before (rule carryRefused).
Take(h, q) ==
  LET base == IF On("carryRefused") THEN [ent[h].val EXCEPT !.f = @ \cup memo[h]] ELSE ent[h].val
      all  == Fold(base, q)
      val  == IF On("recordRefused") THEN all ELSE [all EXCEPT !.f = {}] IN
  /\ IsHome(h) /\ rnd[h] = 0 /\ ent[h].st = "V" /\ Fit(h, q)
  /\ all.s # base.s
  /\ StartRound(h, val)
  /\ memo' = [memo EXCEPT ![h] = IF On("carryRefused") /\ On("recordRefused") THEN {}
                                 ELSE @ \cup (all.f \ ent[h].val.f)]
  /\ Sending(q, known[h])
  /\ UNCHANGED <<mem, acks, upds, snaps, reps, late, direct, res, floor, fresh, cnt>>

\* W2a: it refuses one by itself.  That is a read: entry VALID, lease.
Refuse(h, o) ==
  /\ IsHome(h) /\ Fit(h, <<o>>) /\ Apply(ent[h].val, o).s = ent[h].val.s
  /\ On("casValid") => ent[h].st = "V"
  /\ On("casLease") => HasLease(h)
  /\ memo' = [memo EXCEPT ![h] = @ \cup {o}]
  /\ direct' = direct \cup {<<o, known[h], ent[h].ver>>}
  /\ Sending(<<o>>, known[h])
  /\ fresh' = (fresh /\ ent[h].ver >= ostart'[o])
  /\ UNCHANGED <<mem, ent, rnd, net, late, res, floor, cnt>>

\* Rule under test: one that comes while a round is open rests on the LOCKED
\* value and is answered, without a lease, when the round commits.
Ride(h, o) ==
  /\ ~On("rideEarly") /\ IsHome(h) /\ rnd[h] # 0 /\ Fit(h, <<o>>)
  /\ Apply(ent[h].val, o).s = ent[h].val.s
  /\ memo' = [memo EXCEPT ![h] = @ \cup {o}]
  /\ late' = [late EXCEPT ![h] = @ \cup {o}]
  /\ Sending(<<o>>, known[h])
  /\ UNCHANGED <<mem, ent, rnd, net, direct, res, floor, fresh, cnt>>

\* F1: the client takes a refusal only of the epoch in which it sent last.
Hear(a) ==
  /\ res[a[1]] = "-" /\ (On("answerEpoch") => sent[a[1]] = a[2])
  /\ res' = [res EXCEPT ![a[1]] = "no"]
  /\ floor' = Max(floor, a[3])
  /\ UNCHANGED <<mem, ent, rnd, net, memo, late, direct, sent, ostart, fresh, cnt>>

\* F2: a repeated operation is answered from the ledger.
Again(h, o) ==
  /\ IsHome(h) /\ o \in Known(ent[h].val) /\ res[o] = "-" /\ sent[o] > 0
  /\ On("retryValid") => ent[h].st = "V"
  /\ res' = [res EXCEPT ![o] = IF o \in ent[h].val.f THEN "no" ELSE "ok"]
  /\ sent' = [sent EXCEPT ![o] = Max(@, known[h])]
  /\ UNCHANGED <<mem, ent, rnd, net, memo, late, direct, ostart, floor, fresh, cnt>>

Lock(n, m) ==
  LET e == m[1] v == m[2] IN
  /\ up[n] /\ n \in E[e].mem /\ n # Home(e) /\ known[n] = e
  /\ <<n, e, v>> \notin acks
  /\ acks' = acks \cup {<<n, e, v>>}
  /\ ent' = IF v > ent[n].ver
            THEN [ent EXCEPT ![n] = [ver |-> v, val |-> m[3], st |-> "L"]] ELSE ent
  /\ UNCHANGED <<mem, rnd, locks, upds, snaps, reps, memo, late, cli, cnt>>

Commit(h) ==
  LET e == known[h] v == rnd[h] val == ent[h].val IN
  /\ up[h] /\ v # 0
  /\ \A n \in E[e].mem \ {h} : <<n, e, v>> \in acks
  /\ ent' = [ent EXCEPT ![h].st = "V"]
  /\ upds' = upds \cup {<<v, val>>}
  /\ rnd' = [rnd EXCEPT ![h] = 0]
  /\ floor' = Max(floor, v)
  /\ res' \in {res, [o \in Ops |-> CASE res[o] # "-" -> res[o]
                                     [] In(o, val.s) -> "ok"
                                     [] o \in val.f  -> "no"
                                     [] OTHER        -> "-"]}
  /\ direct' = direct \cup {<<o, e, v>> : o \in late[h]}
  /\ late' = [late EXCEPT ![h] = {}]
  /\ fresh' = (fresh /\ \A o \in late[h] : v >= ostart[o])
  /\ UNCHANGED <<mem, locks, acks, snaps, reps, memo, sent, ostart, cnt>>

Unlock(n, u) ==
  /\ up[n] /\ ent[n].st = "L" /\ rnd[n] = 0 /\ ent[n].ver = u[1]
  /\ ent' = [ent EXCEPT ![n].st = "V"]
  /\ UNCHANGED <<mem, rnd, net, memo, late, cli, cnt>>

Read(n) == /\ CanRead(n) /\ ent[n].ver > floor
           /\ floor' = ent[n].ver
           /\ UNCHANGED <<mem, ent, rnd, net, memo, late, direct, sent, res, ostart, fresh, cnt>>

-----------------------------------------------------------------------------
(* Recovery and snapshot: as in FastRead.tla *)

RedriveOwn(h) ==
  /\ IsHome(h) /\ rnd[h] = 0 /\ ent[h].ver < 10 * known[h]
  /\ \/ ent[h].st = "L"
     \/ \E r \in reps : r[2] = known[h] /\ r[3].st = "L" /\ r[3].ver # ent[h].ver
  /\ StartRound(h, ent[h].val)
  /\ UNCHANGED <<mem, acks, upds, snaps, reps, memo, late, cli, cnt>>

SnapSend(m, n, e) ==
  /\ up[m] /\ synced[m] /\ m # n /\ e \in 1..agreed
  /\ n \in E[e].mem \ E[e].full /\ ~synced[n] /\ known[m] = e
  /\ \A s \in snaps : ~(s[1] = e /\ s[2] = n)
  /\ snaps' = snaps \cup {<<e, n, ent[m]>>}
  /\ UNCHANGED <<mem, ent, rnd, locks, acks, upds, reps, memo, late, cli, cnt>>

SnapRecv(n, s) ==
  /\ up[n] /\ ~synced[n] /\ s[2] = n /\ known[n] = s[1]
  /\ synced' = [synced EXCEPT ![n] = TRUE]
  /\ ent' = [ent EXCEPT ![n] = IF s[3].ver > @.ver \/ (s[3].ver = @.ver /\ s[3].st = "V")
                               THEN s[3] ELSE @]
  /\ UNCHANGED <<E, up, known, rnd, net, memo, late, cli, cnt>>

-----------------------------------------------------------------------------
Next ==
  \/ \E n \in Nodes : \/ Commit(n) \/ RedriveOwn(n) \/ Read(n) \/ Crash(n)
                      \/ \E e \in 1..agreed : Learn(n, e)
                      \/ \E q \in Queues : Take(n, q)
                      \/ \E o \in Ops : Refuse(n, o) \/ Again(n, o) \/ Ride(n, o)
                      \/ \E m \in locks : Lock(n, m)
                      \/ \E u \in upds : Unlock(n, u)
                      \/ \E s \in snaps : SnapRecv(n, s)
  \/ \E a \in direct : Hear(a)
  \/ \E m, n \in Nodes : \E e \in 1..agreed : SnapSend(m, n, e)
  \/ \E M \in SUBSET Nodes : \E J \in SUBSET M : ChangeEpoch(M, J)
Spec == Init /\ [][Next]_vars

Live(e) == up[Home(e)] /\ known[Home(e)] <= e
View == <<mem, ent, rnd, locks, upds, memo, late, sent, res, ostart, floor, fresh, cnt,
          {a \in acks : rnd[Home(a[2])] = a[3] /\ known[Home(a[2])] = a[2]},
          {r \in reps : Live(r[2]) /\ r[3].st = "L" /\ ent[Home(r[2])].ver < 10 * r[2]},
          {s \in snaps : ~synced[s[2]] /\ known[s[2]] <= s[1]},
          {a \in direct : res[a[1]] = "-" /\ (On("answerEpoch") => sent[a[1]] <= a[2])}>>

-----------------------------------------------------------------------------
Prefix(a, b) == Len(a) <= Len(b) /\ \A i \in 1..Len(a) : a[i] = b[i]
TypeOK == /\ \A n \in Nodes : rnd[n] # 0 => rnd[n] = ent[n].ver /\ ent[n].st = "L"
          /\ \A n \in Nodes : memo[n] \subseteq Cond /\ ent[n].val.f \subseteq Cond
          /\ \A o \in Ops : res[o] # "-" => sent[o] > 0
\* as in FastRead.tla
ReadOK   == \A n \in Nodes : CanRead(n) => ent[n].ver >= floor
WriteOK  == \A u \in upds : \A o \in Known(u[2]) : u[1] > ostart[o]
OneValue == \A a, b \in locks : a[2] = b[2] => a[3] = b[3]
NoLoss   == \A n \in E[agreed].full : up[n] => \A u \in upds : ent[n].ver >= u[1]
Agree    == \A m, n \in Nodes : CanRead(m) /\ CanRead(n) => ent[m] = ent[n]
\* every committed value extends the one before: no lost update, no CAS on an old value
Chain    == \A a, b \in upds : a[1] < b[1] => Prefix(a[2].s, b[2].s)
Once     == \A u \in upds : /\ \A i, j \in 1..Len(u[2].s) : u[2].s[i] = u[2].s[j] => i = j
                            /\ \A o \in u[2].f : ~In(o, u[2].s)
\* a conditional operation was applied only where its condition held
CondOK   == \A u \in upds : \A i \in 1..Len(u[2].s) : u[2].s[i] \in Cond =>
                               (\E j \in 1..(i-1) : u[2].s[j] = 3) = Want
\* a client's operations are applied in the order of their numbers
SeqOrder == Window = 2 => \A u \in upds : \A i, j \in 1..Len(u[2].s) : u[2].s[i] = 1 /\ u[2].s[j] = 2 => i < j
\* what the client was told is so, and stays so
ToldOK   == \A o \in Ops : /\ res[o] = "ok" => \E u \in upds : In(o, u[2].s)
                           /\ res[o] = "no" => \A u \in upds : ~In(o, u[2].s)
\* a refusal rests on a copy that holds all that was known at its invocation
RefuseOK == fresh
=============================================================================

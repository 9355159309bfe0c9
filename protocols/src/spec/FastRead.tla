------------------------------ MODULE FastRead ------------------------------
(***************************************************************************)
(* GoAway fast-read protocol: linearizable read/write objects, reads local *)
(* under a lease, writes through the object's home with one lock/ack round *)
(* to all members and one unlock message.  One object (objects share only  *)
(* the epochs).  A version <epoch, counter> is coded 10*epoch + counter.   *)
(*                                                                         *)
(* Abstractions                                                            *)
(* - The Raft group is an atomic register: the sequence E of agreed epochs.*)
(* - A lease is a permission that ends, at the latest, when the register   *)
(*   drops the member; losing it earlier only disables steps of its holder.*)
(*   The worst case "kept until the drop" is therefore all we need to look *)
(*   at, and HasLease is a function of the state (no clock, no variable).  *)
(* - Messages are never removed from the sets: any delay, loss (= never    *)
(*   taken), reordering and duplication is covered.                        *)
(* - A write is invoked when a home first takes it and answered when its   *)
(*   round commits: the narrowest interval, so the hardest check.          *)
(* - A crashed node that comes back has a new incarnation: it is a joiner. *)
(*                                                                         *)
(* FastReadOps.tla has operations that depend on the value, windows and    *)
(* retries; FastReadFields.tla objects of two fields.                      *)
(*                                                                         *)
(* Omit is a set of rule names that are switched OFF, to show what each    *)
(* rule is good for.  {} is the protocol.                                  *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

CONSTANTS N, Ops, MaxEpoch, MaxCrash, MaxJoin,
          Redrive,   \* "own" | "barrierNew" | "barrierSame"
          Retry,     \* "none" | "blind" | "dedup"  (client re-sends a write)
          Omit

Nodes == 1..N
On(rule) == rule \notin Omit

VARIABLES E,       \* E[e] = [mem, full, join]; register, Len(E) = agreed epoch
          up,      \* up[n]: not crashed
          known,   \* known[n]: the epoch n has learned
          synced,  \* synced[n]: n holds a complete copy in its present stint
          ent,     \* ent[n] = [ver, val, st]; st "V" valid, "L" locked
          rnd,     \* rnd[n]: version of the round n (as home) has open, 0 = none
          open,    \* open[n]: home n has finished recovery (barrier variants)
          locks, acks, upds, snaps, reps,  \* the network
          ostart,  \* ghost: ostart[o] = floor when write o was invoked, -1 = not yet
          floor,   \* ghost: highest version a finished read or write has shown
          crashes, joins, retries

vars == <<E, up, known, synced, ent, rnd, open, locks, acks, upds, snaps, reps,
          ostart, floor, crashes, joins, retries>>
net  == <<locks, acks, upds, snaps, reps>>
cnt  == <<crashes, joins, retries>>

Max(a, b)  == IF a > b THEN a ELSE b
MinOf(S)   == CHOOSE x \in S : \A y \in S : x <= y
agreed     == Len(E)
Value(o, ids) == [op |-> o, ids |-> ids]
First      == [ver |-> 1, val |-> Value(0, {}), st |-> "V"]   \* the initial value
Blank      == [ver |-> 0, val |-> Value(0, {}), st |-> "V"]   \* nothing at all

\* the full members are frozen in the epoch's record: a joiner that catches up
\* within e does not change the home of e
Home(e)    == CASE ~On("homeFull")   -> MinOf(E[e].mem)
                [] ~On("homeFrozen") -> MinOf(E[e].full \cup {n \in E[e].mem : synced[n]})
                [] OTHER             -> MinOf(E[e].full)
IsHome(n)  == up[n] /\ known[n] > 0 /\ Home(known[n]) = n

\* lease: granted to a member of the agreed epoch that has learned the epoch
\* it joined in; the register waits for its end before it drops the member
HasLease(n) == CASE ~On("readLease")  -> TRUE
                 [] ~On("leaseEpoch") -> n \in E[agreed].mem
                 [] OTHER -> n \in E[agreed].mem /\ known[n] >= E[agreed].join[n]

CanRead(n) == /\ up[n] /\ known[n] > 0 /\ HasLease(n)
              /\ On("readSynced") => synced[n]
              /\ On("readValid") => ent[n].st = "V"

Init == /\ E = << [mem |-> Nodes, full |-> Nodes, join |-> [n \in Nodes |-> 1]] >>
        /\ up = [n \in Nodes |-> TRUE]
        /\ known = [n \in Nodes |-> 1]
        /\ synced = [n \in Nodes |-> TRUE]
        /\ ent = [n \in Nodes |-> First]
        /\ rnd = [n \in Nodes |-> 0]
        /\ open = [n \in Nodes |-> TRUE]
        /\ locks = {} /\ acks = {} /\ snaps = {} /\ reps = {}
        /\ upds = {<<1, Value(0, {})>>}
        /\ ostart = [o \in 1..Ops |-> -1]
        /\ floor = 1
        /\ crashes = 0 /\ joins = 0 /\ retries = 0

-----------------------------------------------------------------------------
(* Membership *)

Crash(n) == /\ crashes < MaxCrash /\ up[n]
            /\ crashes' = crashes + 1
            /\ up' = [up EXCEPT ![n] = FALSE]
            \* a crashed node never acts again in this incarnation; forget it
            /\ ent' = [ent EXCEPT ![n] = Blank]
            /\ synced' = [synced EXCEPT ![n] = FALSE]
            /\ rnd' = [rnd EXCEPT ![n] = 0]
            /\ open' = [open EXCEPT ![n] = FALSE]
            /\ known' = [known EXCEPT ![n] = 0]
            /\ UNCHANGED <<E, net, ostart, floor, joins, retries>>

\* One atomic change of the register.  M new members, J those that join now.
\* A live node is dropped on suspicion; a dropped node may join again; a
\* crashed one joins as a new incarnation (may replace itself in one step).
ChangeEpoch(M, J) ==
  LET old  == E[agreed]
      kept == M \ J
      maybe == {n \in kept \ old.full : up[n] /\ synced[n]
                     /\ (On("promoteStint") => known[n] >= old.join[n])}
  IN /\ agreed < MaxEpoch
     /\ M # {} /\ J \subseteq M /\ M \ old.mem \subseteq J
     /\ \A n \in J \cap old.mem : ~up[n]
     /\ joins + Cardinality(J) <= MaxJoin
     \* PROMOTE may have reached the register for some of the synced joiners
     /\ \E P \in SUBSET maybe :
          LET F == (old.full \cap kept) \cup P IN
          /\ On("fullSurvives") => F # {}
          /\ M # old.mem \/ J # {} \/ F # old.full
          /\ E' = Append(E, [mem |-> M, full |-> IF F = {} THEN M ELSE F,
                             join |-> [n \in Nodes |-> IF n \in J THEN agreed + 1
                                                                  ELSE old.join[n]]])
     /\ joins' = joins + Cardinality(J)
     /\ up' = [n \in Nodes |-> up[n] \/ n \in J]
     /\ UNCHANGED <<known, synced, ent, rnd, open, net, ostart, floor, crashes, retries>>

\* n learns a later epoch that it is a member of (it may skip some).
Learn(n, e) ==
  LET fresh == E[e].join[n] > known[n] IN   \* n was dropped in between, or is new
  LET en == IF fresh /\ On("wipe") THEN Blank ELSE ent[n] IN
  /\ up[n] /\ e > known[n] /\ n \in E[e].mem
  /\ known[n] = 0 => e >= E[agreed].join[n]   \* new incarnation: not the old epochs
  /\ known' = [known EXCEPT ![n] = e]
  /\ ent' = [ent EXCEPT ![n] = en]
  /\ synced' = [synced EXCEPT ![n] = IF fresh /\ On("wipe") THEN FALSE ELSE @]
  /\ rnd' = [rnd EXCEPT ![n] = 0]             \* a round of the old epoch is abandoned
  /\ open' = [open EXCEPT ![n] = FALSE]
  /\ reps' = reps \cup {<<n, e, en>>}
  /\ UNCHANGED <<E, up, locks, acks, upds, snaps, ostart, floor, cnt>>

-----------------------------------------------------------------------------
(* Writes *)

NextVer(h) == IF ent[h].ver < 10 * known[h] THEN 10 * known[h] + 1 ELSE ent[h].ver + 1

StartRound(h, v, val) ==
  /\ ent' = [ent EXCEPT ![h] = [ver |-> v, val |-> val, st |-> "L"]]
  /\ rnd' = [rnd EXCEPT ![h] = v]
  /\ locks' = locks \cup {<<known[h], v, val>>}

Ready(h) == IF Redrive = "own" THEN ent[h].st = "V" \/ ~On("redriveFirst")
            ELSE open[h]

\* The home takes a write (for Retry # "none" perhaps not for the first time).
Take(h, o) ==
  /\ IsHome(h) /\ rnd[h] = 0 /\ Ready(h)
  /\ On("homeSynced") => synced[h]
  /\ o > 1 => ostart[o-1] >= 0               \* canonical order of the names
  /\ \/ ostart[o] < 0 /\ retries' = retries
     \/ Retry = "blind" /\ retries = 0 /\ retries' = 1
     \/ Retry = "dedup" /\ o \notin ent[h].val.ids /\ retries' = retries
  /\ StartRound(h, NextVer(h),
                Value(o, IF Retry = "dedup" THEN ent[h].val.ids \cup {o} ELSE {}))
  /\ ostart' = [ostart EXCEPT ![o] = IF @ < 0 THEN floor ELSE @]
  /\ UNCHANGED <<E, up, known, synced, open, acks, upds, snaps, reps, floor, crashes, joins>>

Lock(n, m) ==   \* m = <<epoch, version, value>>
  LET e == m[1] v == m[2] IN
  /\ up[n] /\ n \in E[e].mem /\ n # Home(e)
  /\ IF On("refuseStale") THEN known[n] = e ELSE known[n] >= e
  /\ <<n, e, v>> \notin acks
  /\ acks' = acks \cup {<<n, e, v>>}
  /\ ent' = IF v > ent[n].ver
            THEN [ent EXCEPT ![n] = [ver |-> v, val |-> m[3], st |-> "L"]] ELSE ent
  /\ UNCHANGED <<E, up, known, synced, rnd, open, locks, upds, snaps, reps, ostart, floor, cnt>>

\* No lease is needed: the acks of ALL members of the epoch are the proof.
Commit(h) ==
  LET e == known[h] v == rnd[h]
      need == IF On("allAcks") THEN E[e].mem ELSE E[e].full
  IN /\ up[h] /\ v # 0
     /\ \A n \in need \ {h} : <<n, e, v>> \in acks
     /\ ent' = [ent EXCEPT ![h].st = "V"]
     /\ upds' = upds \cup {<<v, ent[h].val>>}
     /\ rnd' = [rnd EXCEPT ![h] = 0]
     /\ open' = [open EXCEPT ![h] = TRUE]
     /\ floor' = Max(floor, v)              \* 'done' reaches the client at once
     /\ UNCHANGED <<E, up, known, synced, locks, acks, snaps, reps, ostart, cnt>>

Unlock(n, u) ==  \* u = <<version, value>>
  /\ up[n] /\ ent[n].st = "L" /\ rnd[n] = 0
  /\ On("unlockExact") => ent[n].ver = u[1]
  /\ ent' = [ent EXCEPT ![n].st = "V"]
  /\ UNCHANGED <<E, up, known, synced, rnd, open, net, ostart, floor, cnt>>

Read(n) == /\ CanRead(n) /\ ent[n].ver > floor   \* other reads change nothing
           /\ floor' = ent[n].ver
           /\ UNCHANGED <<E, up, known, synced, ent, rnd, open, net, ostart, cnt>>

-----------------------------------------------------------------------------
(* Recovery of LOCKED entries in a new epoch *)

\* "own": the home re-issues ITS OWN entry under a new version, when its entry
\* is locked or a member reported a locked one.  It waits for nobody.
RedriveOwn(h) ==
  /\ Redrive = "own" /\ On("redrive") /\ IsHome(h) /\ rnd[h] = 0
  /\ On("homeSynced") => synced[h]
  /\ ent[h].ver < 10 * known[h]           \* nothing issued in this epoch yet
  /\ \/ ent[h].st = "L"
     \/ \E r \in reps : r[2] = known[h] /\ r[3].st = "L" /\ r[3].ver # ent[h].ver
  /\ IF On("redriveRound")
     THEN /\ StartRound(h, IF On("newVersion") THEN NextVer(h) ELSE ent[h].ver, ent[h].val)
          /\ UNCHANGED upds
     ELSE /\ ent' = [ent EXCEPT ![h].st = "V"]     \* simply unlocks its own copy
          /\ upds' = upds \cup {<<ent[h].ver, ent[h].val>>}
          /\ UNCHANGED <<rnd, locks>>
  /\ UNCHANGED <<E, up, known, synced, open, acks, snaps, reps, ostart, floor, cnt>>

\* "barrier*": the home waits for the reports of ALL members of its epoch and
\* re-drives the highest version, under a new version or under the same one.
RedriveAll(h) ==
  LET e == known[h]
      R == {r \in reps : r[2] = e}
      hi == CHOOSE r \in R : \A q \in R : q[3].ver <= r[3].ver
  IN /\ Redrive # "own" /\ IsHome(h) /\ rnd[h] = 0 /\ ~open[h]
     /\ On("homeSynced") => synced[h]
     /\ {r[1] : r \in R} = E[e].mem
     /\ IF \A r \in R : r[3].st = "V"
        THEN open' = [open EXCEPT ![h] = TRUE] /\ UNCHANGED <<ent, rnd, locks>>
        ELSE /\ StartRound(h, IF Redrive = "barrierNew" THEN 10 * e + 1 ELSE hi[3].ver,
                           hi[3].val)
             /\ UNCHANGED open
     /\ UNCHANGED <<E, up, known, synced, acks, upds, snaps, reps, ostart, floor, cnt>>

-----------------------------------------------------------------------------
(* Snapshot for a joiner *)

SnapSend(m, n, e) ==
  /\ up[m] /\ synced[m] /\ m # n /\ e \in 1..agreed
  /\ n \in E[e].mem \ E[e].full /\ ~synced[n]
  /\ IF On("snapEpoch") THEN known[m] = e ELSE known[m] > 0
  /\ \A s \in snaps : ~(s[1] = e /\ s[2] = n)
  /\ snaps' = snaps \cup {<<e, n, ent[m]>>}
  /\ UNCHANGED <<E, up, known, synced, ent, rnd, open, locks, acks, upds, reps, ostart, floor, cnt>>

SnapRecv(n, s) ==
  LET in == IF On("snapLocked") THEN s[3] ELSE [s[3] EXCEPT !.st = "V"] IN
  /\ up[n] /\ ~synced[n] /\ s[2] = n /\ known[n] = s[1]
  /\ synced' = [synced EXCEPT ![n] = TRUE]
  /\ ent' = [ent EXCEPT ![n] =
       CASE ~On("snapAll") /\ in.st = "L"   -> @   \* locked entries left out
         [] in.ver > @.ver \/ ~On("snapMerge") -> in
         [] in.ver = @.ver /\ in.st = "V"      -> in
         [] OTHER                              -> @]
  /\ UNCHANGED <<E, up, known, rnd, open, net, ostart, floor, cnt>>

-----------------------------------------------------------------------------
Protocol ==
  \/ \E n \in Nodes : \/ Commit(n) \/ RedriveOwn(n) \/ RedriveAll(n) \/ Read(n)
                      \/ \E e \in 1..agreed : Learn(n, e)
                      \/ \E m \in locks : Lock(n, m)
                      \/ \E u \in upds : Unlock(n, u)
                      \/ \E s \in snaps : SnapRecv(n, s)
  \/ \E m, n \in Nodes : \E e \in 1..agreed : SnapSend(m, n, e)
Next == \/ Protocol
        \/ \E n \in Nodes : Crash(n) \/ \E o \in 1..Ops : Take(n, o)
        \/ \E M \in SUBSET Nodes : \E J \in SUBSET M : ChangeEpoch(M, J)

Spec == Init /\ [][Next]_vars

\* TLC's VIEW: leaves out messages that no step can use any more (states that
\* differ only in them behave alike), so that fewer states are distinct.
Live(e)  == up[Home(e)] /\ known[Home(e)] <= e
View == <<E, up, known, synced, ent, rnd, open, locks, upds, ostart, floor, cnt,
          {a \in acks : rnd[Home(a[2])] = a[3] /\ known[Home(a[2])] = a[2]},
          {r \in reps : Live(r[2]) /\ (Redrive = "own" => r[3].st = "L"
                           /\ ent[Home(r[2])].ver < 10 * r[2])},
          {s \in snaps : ~synced[s[2]] /\ known[s[2]] <= s[1]}>>

-----------------------------------------------------------------------------
Versions == 0..(10 * MaxEpoch + 9)
Vals == [op : 0..Ops, ids : SUBSET (1..Ops)]
Entries == [ver : Versions, val : Vals, st : {"V", "L"}]

TypeOK == /\ up \in [Nodes -> BOOLEAN] /\ synced \in [Nodes -> BOOLEAN]
          /\ known \in [Nodes -> 0..MaxEpoch] /\ open \in [Nodes -> BOOLEAN]
          /\ ent \in [Nodes -> Entries] /\ rnd \in [Nodes -> Versions]
          /\ \A n \in Nodes : rnd[n] # 0 => rnd[n] = ent[n].ver /\ ent[n].st = "L"
          /\ \A m \in locks : m[1] \in 1..MaxEpoch /\ m[2] \in Versions /\ m[3] \in Vals
          /\ \A e \in 1..agreed : /\ E[e].full # {} /\ E[e].full \subseteq E[e].mem
                                  /\ \A n \in E[e].mem : E[e].join[n] <= e
          /\ floor \in Versions

\* Linearizability (writes ordered by version):
\* a read never returns less than what was known when it started ...
ReadOK   == \A n \in Nodes : CanRead(n) => ent[n].ver >= floor
\* ... a write is ordered after all that was known when it was invoked ...
WriteOK  == \A u \in upds : u[2].op # 0 => u[1] > ostart[u[2].op]
\* ... a version means one value ...
OneValue == /\ \A a, b \in locks : a[2] = b[2] => a[3] = b[3]
            /\ \A n \in Nodes : \A a \in locks : ent[n].ver = a[2] => ent[n].val = a[3]
\* ... and a write takes effect once: its value does not come back after another.
Once     == \A a, b, c \in upds : a[1] < b[1] /\ b[1] < c[1] /\ a[2].op = c[2].op
                                  => b[2].op = a[2].op
\* Durability: every full member of the agreed epoch has all that was committed.
NoLoss   == \A n \in E[agreed].full : up[n] =>
               \A u \in upds : ent[n].ver >= u[1]
\* No two valid readable copies differ.
Agree    == \A m, n \in Nodes : CanRead(m) /\ CanRead(n) => ent[m] = ent[n]

\* Liveness, for the last epoch when all its members live: no entry stays locked
\* (stale requests that a late node could still take are finished, too).
Fairness == /\ \A n \in Nodes : /\ WF_vars(Commit(n)) /\ WF_vars(RedriveOwn(n))
                                /\ WF_vars(RedriveAll(n))
                                /\ WF_vars(Learn(n, agreed))
                                /\ WF_vars(\E m \in locks : m[1] = agreed /\ Lock(n, m))
                                /\ WF_vars(\E u \in upds : Unlock(n, u))
                                /\ WF_vars(\E s \in snaps : SnapRecv(n, s))
                                /\ WF_vars(\E m \in Nodes : SnapSend(m, n, agreed))
LiveSpec == Spec /\ Fairness
Stable   == agreed = MaxEpoch /\ \A n \in E[agreed].mem : up[n]
Resolved == (<>[]Stable) =>
              \A n \in Nodes : []<>(Stable /\ n \in E[agreed].mem
                                      => ent[n].st = "V" /\ synced[n])
=============================================================================

--------------------------- MODULE FastReadFields ---------------------------
(***************************************************************************)
(* Fast-read objects with two fields: one entry with a version per field,  *)
(* one round at a time per object that LOCKs some of the fields under one  *)
(* version, and the object's ledger (ids: the operations applied) that     *)
(* belongs to no field.  Epochs, leases, crashes and network as in         *)
(* FastRead.tla, whose rules are all on here.                              *)
(*                                                                         *)
(* Operation o SETs one field (odd numbers field 1, even ones field 2) and *)
(* is sent again, under its number, until it is answered.  The value of a  *)
(* field is the operation that set it.  LOCK carries the changed fields    *)
(* and the changed ids.  The ledger has the version of the object's last   *)
(* round that this member knows of; that round's LOCK carried it whole if  *)
(* it was this home's first of the epoch.                                  *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

CONSTANTS N, NOps, MaxBatch, MaxEpoch, MaxCrash, MaxJoin, Omit

Nodes  == 1..N
Ops    == 1..NOps
Fields == 1..2
Field(o) == IF o % 2 = 1 THEN 1 ELSE 2
On(rule) == rule \notin Omit

VARIABLES E, up, known, synced,
          ent,     \* ent[n][f] = [ver, val, st]
          led,     \* led[n] = [ver, ids]
          rnd,     \* rnd[h]: version of the open round, 0 = none
          locks,   \* <<epoch, version, fields' values (-1: not of the round), ids, whole>>
          acks, upds, snaps, reps,
          res,     \* res[o]: the client has its answer
          ostart, floor, \* ghosts, floor per field
          crashes, joins

mem  == <<E, up, known, synced>>
cnt  == <<crashes, joins>>
vars == <<mem, ent, led, rnd, locks, acks, upds, snaps, reps, res, ostart, floor, cnt>>

Max(a, b) == IF a > b THEN a ELSE b
MinOf(S)  == CHOOSE x \in S : \A y \in S : x <= y
agreed    == Len(E)
First     == [f \in Fields |-> [ver |-> 1, val |-> 0, st |-> "V"]]
Blank     == [f \in Fields |-> [ver |-> 0, val |-> 0, st |-> "V"]]
NoIds     == [ver |-> 0, ids |-> {}]
Home(e)   == MinOf(E[e].full)
IsHome(n) == up[n] /\ known[n] > 0 /\ Home(known[n]) = n
HasLease(n)   == n \in E[agreed].mem /\ known[n] >= E[agreed].join[n]
CanRead(n, f) == up[n] /\ known[n] > 0 /\ HasLease(n) /\ synced[n] /\ ent[n][f].st = "V"

Init == /\ E = << [mem |-> Nodes, full |-> Nodes, join |-> [n \in Nodes |-> 1]] >>
        /\ up = [n \in Nodes |-> TRUE] /\ known = [n \in Nodes |-> 1]
        /\ synced = [n \in Nodes |-> TRUE]
        /\ ent = [n \in Nodes |-> First] /\ led = [n \in Nodes |-> NoIds]
        /\ rnd = [n \in Nodes |-> 0]
        /\ locks = {} /\ acks = {} /\ snaps = {} /\ reps = {}
        /\ upds = {<<1, [f \in Fields |-> 0]>>}
        /\ res = [o \in Ops |-> FALSE]
        /\ ostart = [o \in Ops |-> -1] /\ floor = [f \in Fields |-> 1]
        /\ crashes = 0 /\ joins = 0

-----------------------------------------------------------------------------
(* Membership: as in FastRead.tla *)

Crash(n) == /\ crashes < MaxCrash /\ up[n]
            /\ crashes' = crashes + 1
            /\ up' = [up EXCEPT ![n] = FALSE]
            /\ ent' = [ent EXCEPT ![n] = Blank] /\ led' = [led EXCEPT ![n] = NoIds]
            /\ synced' = [synced EXCEPT ![n] = FALSE]
            /\ rnd' = [rnd EXCEPT ![n] = 0]
            /\ known' = [known EXCEPT ![n] = 0]
            /\ UNCHANGED <<E, locks, acks, upds, snaps, reps, res, ostart, floor, joins>>

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
     /\ UNCHANGED <<known, synced, ent, led, rnd, locks, acks, upds, snaps, reps,
                    res, ostart, floor, crashes>>

\* reps: RESOLVE for what it has LOCKED (E1)
Learn(n, e) ==
  LET anew == E[e].join[n] > known[n]
      en   == IF anew THEN Blank ELSE ent[n] IN
  /\ up[n] /\ e > known[n] /\ n \in E[e].mem
  /\ known[n] = 0 => e >= E[agreed].join[n]
  /\ known' = [known EXCEPT ![n] = e]
  /\ ent' = [ent EXCEPT ![n] = en]
  /\ led' = [led EXCEPT ![n] = IF anew THEN NoIds ELSE @]
  /\ synced' = [synced EXCEPT ![n] = IF anew THEN FALSE ELSE @]
  /\ rnd' = [rnd EXCEPT ![n] = 0]
  /\ reps' = reps \cup {<<e, f, en[f].ver>> : f \in {g \in Fields : en[g].st = "L"}}
  /\ UNCHANGED <<E, up, locks, acks, upds, snaps, res, ostart, floor, cnt>>

-----------------------------------------------------------------------------
(* Writes *)

\* The count is per object: it goes on from the object's last round of the epoch.
Last(h)    == Max(led[h].ver, Max(ent[h][1].ver, ent[h][2].ver))
NextVer(h) == IF Last(h) < 10 * known[h] THEN 10 * known[h] + 1 ELSE Last(h) + 1

\* vals: value per field, -1 = not of this round; q: operations that it applies.  The
\* home's first round of the epoch carries the ledger whole.
StartRound(h, vals, q) ==
  LET v == NextVer(h)
      ids == led[h].ids \cup q
      whole == On("wholeIds") /\ Last(h) < 10 * known[h] IN
  /\ ent' = [ent EXCEPT ![h] = [f \in Fields |->
                IF vals[f] = -1 THEN @[f] ELSE [ver |-> v, val |-> vals[f], st |-> "L"]]]
  /\ led' = [led EXCEPT ![h] = [ver |-> v, ids |-> ids]]
  /\ rnd' = [rnd EXCEPT ![h] = v]
  /\ locks' = locks \cup {<<known[h], v, vals, IF whole THEN ids ELSE q, whole>>}

Valid(h) == \A f \in Fields : ent[h][f].st = "V"

\* W2: operations that the ledger does not tell, at most one per field here (a later one
\* on the same field hides the earlier: FastReadOps.tla has these).
Take(h, q) ==
  /\ IsHome(h) /\ rnd[h] = 0
  /\ IF On("allFieldsValid") THEN Valid(h) ELSE \A o \in q : ent[h][Field(o)].st = "V"
  /\ \A o \in q : /\ o \notin led[h].ids /\ ~res[o]
                  /\ o > 2 => ostart[o-2] >= 0      \* canonical order of the names
  /\ \A o, p \in q : Field(o) = Field(p) => o = p
  /\ StartRound(h, [f \in Fields |-> IF \E o \in q : Field(o) = f
                                     THEN CHOOSE o \in q : Field(o) = f ELSE -1], q)
  /\ ostart' = [o \in Ops |-> IF o \in q /\ ostart[o] < 0 THEN floor[Field(o)] ELSE ostart[o]]
  /\ UNCHANGED <<mem, acks, upds, snaps, reps, res, floor, cnt>>

\* F2: a repeated operation that the ledger tells.
Again(h, o) ==
  /\ IsHome(h) /\ o \in led[h].ids /\ ~res[o] /\ ostart[o] >= 0
  /\ rnd[h] = 0 /\ Valid(h)
  /\ res' = [res EXCEPT ![o] = TRUE]
  /\ UNCHANGED <<mem, ent, led, rnd, locks, acks, upds, snaps, reps, ostart, floor, cnt>>

Lock(n, m) ==
  LET e == m[1] v == m[2] IN
  /\ up[n] /\ n \in E[e].mem /\ n # Home(e) /\ known[n] = e
  /\ <<n, e, v>> \notin acks
  /\ acks' = acks \cup {<<n, e, v>>}
  /\ ent' = [ent EXCEPT ![n] = [f \in Fields |->
               IF m[3][f] # -1 /\ v > @[f].ver THEN [ver |-> v, val |-> m[3][f], st |-> "L"]
                                              ELSE @[f]]]
  /\ led' = IF v <= led[n].ver THEN led
            ELSE [led EXCEPT ![n] = [ver |-> v, ids |-> IF m[5] THEN m[4] ELSE @.ids \cup m[4]]]
  /\ UNCHANGED <<mem, rnd, locks, upds, snaps, reps, res, ostart, floor, cnt>>

Commit(h) ==
  LET e == known[h] v == rnd[h]
      mine == {f \in Fields : ent[h][f].ver = v}
      vals == [f \in Fields |-> IF f \in mine THEN ent[h][f].val ELSE -1] IN
  /\ up[h] /\ v # 0
  /\ \A n \in E[e].mem \ {h} : <<n, e, v>> \in acks
  /\ ent' = [ent EXCEPT ![h] = [f \in Fields |-> IF f \in mine THEN [@[f] EXCEPT !.st = "V"] ELSE @[f]]]
  /\ upds' = upds \cup {<<v, vals>>}
  /\ rnd' = [rnd EXCEPT ![h] = 0]
  /\ floor' = [f \in Fields |-> IF f \in mine THEN Max(floor[f], v) ELSE floor[f]]
  /\ res' \in {res, [o \in Ops |-> res[o] \/ \E f \in mine : vals[f] = o]}
  /\ UNCHANGED <<mem, led, locks, acks, snaps, reps, ostart, cnt>>

\* UPDATE names a version, and unlocks the fields that have it.
Unlock(n, u) ==
  LET fs == {f \in Fields : ent[n][f].ver = u[1] /\ ent[n][f].st = "L"} IN
  /\ up[n] /\ rnd[n] # u[1] /\ fs # {}
  /\ ent' = [ent EXCEPT ![n] = [f \in Fields |-> IF f \in fs THEN [@[f] EXCEPT !.st = "V"] ELSE @[f]]]
  /\ UNCHANGED <<mem, led, rnd, locks, acks, upds, snaps, reps, res, ostart, floor, cnt>>

Read(n, f) == /\ CanRead(n, f) /\ ent[n][f].ver > floor[f]
              /\ floor' = [floor EXCEPT ![f] = ent[n][f].ver]
              /\ UNCHANGED <<mem, ent, led, rnd, locks, acks, upds, snaps, reps, res, ostart, cnt>>

-----------------------------------------------------------------------------
(* Recovery *)

\* E2: in one round, under one new version, all fields that are LOCKED at the home itself
\* or reported with another version than its own, each where the home has issued nothing
\* for this FIELD in the epoch yet.  (perField off: nothing for this OBJECT.)
RedriveOwn(h) ==
  LET e == known[h]
      old == {f \in Fields : ent[h][f].ver < 10 * e}
      fs == {f \in old : \/ ent[h][f].st = "L"
                         \/ \E r \in reps : r[1] = e /\ r[2] = f /\ r[3] # ent[h][f].ver}
      gs == IF On("together") THEN fs ELSE {MinOf(fs)} IN
  /\ IsHome(h) /\ rnd[h] = 0 /\ fs # {}
  /\ On("perField") \/ Last(h) < 10 * e
  /\ StartRound(h, [f \in Fields |-> IF f \in gs THEN ent[h][f].val ELSE -1], {})
  /\ UNCHANGED <<mem, acks, upds, snaps, reps, res, ostart, floor, cnt>>

SnapSend(m, n, e) ==
  /\ up[m] /\ synced[m] /\ m # n /\ e \in 1..agreed
  /\ n \in E[e].mem \ E[e].full /\ ~synced[n] /\ known[m] = e
  /\ \A s \in snaps : ~(s[1] = e /\ s[2] = n)
  /\ snaps' = snaps \cup {<<e, n, ent[m], led[m]>>}
  /\ UNCHANGED <<mem, ent, led, rnd, locks, acks, upds, reps, res, ostart, floor, cnt>>

SnapRecv(n, s) ==
  /\ up[n] /\ ~synced[n] /\ s[2] = n /\ known[n] = s[1]
  /\ synced' = [synced EXCEPT ![n] = TRUE]
  /\ ent' = [ent EXCEPT ![n] = [f \in Fields |->
                IF s[3][f].ver > @[f].ver \/ (s[3][f].ver = @[f].ver /\ s[3][f].st = "V")
                THEN s[3][f] ELSE @[f]]]
  /\ led' = [led EXCEPT ![n] =
               CASE ~On("ledgerMerge")   -> [ver |-> Max(@.ver, s[4].ver), ids |-> @.ids \cup s[4].ids]
                 [] s[4].ver > @.ver     -> s[4]
                 [] OTHER                -> @]
  /\ UNCHANGED <<E, up, known, rnd, locks, acks, upds, snaps, reps, res, ostart, floor, cnt>>

-----------------------------------------------------------------------------
Next ==
  \/ \E n \in Nodes : \/ Commit(n) \/ RedriveOwn(n) \/ Crash(n)
                      \/ \E f \in Fields : Read(n, f)
                      \/ \E e \in 1..agreed : Learn(n, e)
                      \/ \E q \in SUBSET Ops : q # {} /\ Cardinality(q) <= MaxBatch /\ Take(n, q)
                      \/ \E o \in Ops : Again(n, o)
                      \/ \E m \in locks : Lock(n, m)
                      \/ \E u \in upds : Unlock(n, u)
                      \/ \E s \in snaps : SnapRecv(n, s)
  \/ \E m, n \in Nodes : \E e \in 1..agreed : SnapSend(m, n, e)
  \/ \E M \in SUBSET Nodes : \E J \in SUBSET M : ChangeEpoch(M, J)
Spec == Init /\ [][Next]_vars

Live(e) == up[Home(e)] /\ known[Home(e)] <= e
View == <<mem, ent, led, rnd, locks, upds, res, ostart, floor, cnt,
          {a \in acks : rnd[Home(a[2])] = a[3] /\ known[Home(a[2])] = a[2]},
          {r \in reps : Live(r[1]) /\ ent[Home(r[1])][r[2]].ver < 10 * r[1]},
          {s \in snaps : ~synced[s[2]] /\ known[s[2]] <= s[1]}>>

-----------------------------------------------------------------------------
TypeOK == /\ \A n \in Nodes : rnd[n] # 0 => rnd[n] = led[n].ver
          /\ \A n \in Nodes : led[n].ids \subseteq {o \in Ops : ostart[o] >= 0}
ReadOK   == \A n \in Nodes : \A f \in Fields : CanRead(n, f) => ent[n][f].ver >= floor[f]
WriteOK  == \A u \in upds : \A f \in Fields : u[2][f] > 0 => u[1] > ostart[u[2][f]]
OneValue == \A a, b \in locks : a[2] = b[2] => a = b
\* a value does not come back after another one of its field
Once     == \A a, b, c \in upds : \A f \in Fields :
               a[2][f] # -1 /\ b[2][f] # -1 /\ a[1] < b[1] /\ b[1] < c[1] /\ a[2][f] = c[2][f]
                  => b[2][f] = a[2][f]
NoLoss   == \A n \in E[agreed].full : up[n] =>
               \A u \in upds : \A f \in Fields : u[2][f] # -1 => ent[n][f].ver >= u[1]
Agree    == \A m, n \in Nodes : \A f \in Fields :
               CanRead(m, f) /\ CanRead(n, f) => ent[m][f] = ent[n][f]
\* who was told DONE, was done
ToldOK   == \A o \in Ops : res[o] => \E u \in upds : u[2][Field(o)] = o

\* Progress: in the last epoch, when all its members live, as long as an entry is LOCKED some
\* member has a step to do or a message to take that leads on.  (Without new operations these
\* steps come to an end, so no entry stays LOCKED; FastRead.tla shows it as a liveness property.)
Deliver  == \E n \in Nodes : \/ Commit(n) \/ RedriveOwn(n) \/ Learn(n, agreed)
                             \/ \E m \in locks : m[1] = agreed /\ Lock(n, m)
                             \/ \E u \in upds : Unlock(n, u)
                             \/ \E s \in snaps : SnapRecv(n, s)
                             \/ \E m \in Nodes : SnapSend(m, n, agreed)
Stable   == agreed = MaxEpoch /\ \A n \in E[agreed].mem : up[n]
Progress == Stable /\ (\E n \in E[agreed].mem : \E f \in Fields : ent[n][f].st = "L")
              => ENABLED Deliver
=============================================================================

"""oracle.py: the model of orgsim a second time, slow and plain, to hold the program against

The weeks were first written from the equations of the model (their order, state and units), the numbered readings of sim/README.md, part 3, and
the contract of files and metrics, before the mechanisms of sim/engine were read; where the two then differed, both were read and the text decided
(below). How tables become packages, items and seats was written with the program at hand (program.c, items.c, organisation.c, nature.c): there this
is a second pair of eyes rather than a second mind. Double precision, numpy, one array element for each life: a life is one world under one
organisation. It reads a scenario's CSV files and, for the values of the assumptions, the assumptions.csv of a results folder. compare.py runs both
and lays them side by side.
Not here: levers, --frictionless, distributions of effort other than triangular.

What makes a world the same world was taken from the program, because no equation gives it:
    a draw is Philox4x32-10 of the key (seed) and the counter (world, world's upper half << 16 | stream, entity, ordinal), four words
    uniform (k >> 9 + 1/2) 2^-23;  exponential -ln and normal Phi^-1 of (k + 1/2) 2^-32;  triangular by its inverse of the same
    streams by number: S_... and D_... below; items have six streams for each kind: risks and questions keyed by their row, mismatches by the row of
    their dependency; packages, teams, features, requests, forums by row; noise four weeks to a draw; a person by 16 * role (tpm 0, pm 1,
    coordinator 2) + number within the role of the first seat held, ordinal the number of the holder
    words of a draw: risk existence 0, impact 1, opening 2, delay 3, thresholds (real, detection, local) 1 to 3 of the second; look: noise, daring,
    direct path, time; service: unprepared, softened, time; decision: right, time until it comes back, right by default; episode: observer, thresholds
    rows come in the order of the tables, items risks, questions, mismatches; equal keys of an order go by row; the host of a request is
    floor(word * packages / 2^32); no drawn effort is below a hundredth of its estimate; the copula's members in the order of correlations.csv

Disagreements that were found by comparing, and who was right. The equations, and the program was mended:
    1  Found mistakes were priced one tick too old: the price is that of the age before the tick, half a tick for what the last tick made.
    2  What integration had already looked at was looked at again as if it had waited half a tick.
    3  Reinforcements were a share of the planned team, not of the people who are there.
    4  A softened message that comes back at the very moment of a meeting (retry 3 weeks, cadence 1) was heard or not by the last bit.
    5  Slots of 1.8 a meeting: whether the ninth ticket is served by the fifth meeting was decided by the last bit.
    6  The last bit of a team's capacity "started" packages on which nobody worked, which cost coordination from then on.
    7  Work that acceptance opened woke its items only in the next tick in which the package was worked on, weeks later at times.
    8  A wrong answer was kept from coming back by a completion later in the same tick.
    9  A risk noticed after its package's integration in the same tick had a negative detection lead.
The program, and the oracle was mended; the text was not clear enough, and sim/README.md says it now (readings 34 to 42):
    10 How the share planned for a week is spread over a package's planned time; when integration's own discovery starts.
    11 When a hit moves trust, and whose surprise a risk is; that a raised item needs no second preparation.
    12 Whose judgment answers a question that the team closes with help.
    13 A package starts when somebody works on it, not when it is ready; what unfinished means for a leaver's knowledge.
    14 That an accepted package stays accepted. The equations said: damage undoes the acceptance. It reaches one in some thousand lives.
    15 That penalties are part of the cost, and how what was cut goes on costing.
    16 How far a feature is, for those who cut it: by estimates. That a price is for the estimate of the plan.
    17 A seat's vacancy counts once for each person, not for each seat.
The oracle alone was wrong where it forgot an integration that comes after that step of its tick, paid seats for the whole last tick, and counted a
vacancy a tick too short.
"""
import csv
import math
import os
from statistics import NormalDist

import numpy as np

NEVER = 1e30
CLOSE = 1e-4    # a branch with less room than this may fall either way by rounding
LEAST = 1e-4    # person-weeks: less than this is no work
TIE = 1e-3      # weeks: what is ready at the very moment of a meeting is too late for it
TEAM, CROSS, EXECUTIVE = 0, 1, 2
RISK, QUESTION, MISMATCH = 0, 1, 2
(ABSENT, DORMANT, LATENT, HELD, PREPARING, QUEUED, DECIDING, CLOSED, REALISED, WRONG) = range(10)
BY_TEAM, BY_EM, BY_SEAT = 0, 1, 2
ALTITUDE = {"": TEAM, "team": TEAM, "cross": CROSS, "executive": EXECUTIVE}


# ---------------------------------------------------------------- chance

(S_PROGRAM, S_TEAM, S_EFFORT, S_NOISE, S_FORUM, S_FEATURE, S_REQUEST, S_PERSON, S_ENGINEER, S_REPORT, S_REVIEW, S_REVIEW_FEATURE,
 S_MANAGEMENT, S_COPULA, S_ITEM) = range(15)
D_NATURE, D_NATURE_MORE, D_EPISODE, D_LOOK, D_SERVICE, D_DECISION = range(6)


def philox(seed, world, stream, entity, ordinal):
    """Philox4x32-10 (Salmon et al. 2011). world, ordinal: arrays. Four arrays of 32 random bits."""
    low32 = np.uint64(0xFFFFFFFF)
    world, ordinal = np.broadcast_arrays(np.asarray(world, np.uint64), np.asarray(ordinal, np.uint64))
    c0, c1 = world & low32, (world >> np.uint64(32)) << np.uint64(16) | np.uint64(stream)
    c2, c3 = np.full_like(c0, entity), ordinal.copy()
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (p1 >> np.uint64(32)) ^ c1 ^ np.uint64(k0), p1 & low32, (p0 >> np.uint64(32)) ^ c3 ^ np.uint64(k1), p0 & low32
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


def uniform(bits):
    return ((bits >> np.uint64(9)).astype(float) + 0.5) / 2**23


def place(bits):
    return (bits.astype(float) + 0.5) / 2**32


def exponential(bits):
    return -np.log(place(bits))


def normal(bits):
    inverse = NormalDist().inv_cdf
    return np.array([inverse(u) for u in place(bits)])


def triangular(u, low, mode, high):
    if high == low:
        return np.full_like(u, mode)
    cut = (mode - low) / (high - low)
    return np.where(u < cut, low + np.sqrt(u * (high - low) * (mode - low)), high - np.sqrt((1 - u) * (high - low) * (high - mode)))


# ---------------------------------------------------------------- scenario

def table(folder, name):
    path = os.path.join(folder, name + ".csv")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(line for line in file if line.strip() and not line.startswith("#")))


def number(text, default=math.nan):
    return float(text) if text not in (None, "") else default


class Thing:
    def __init__(self, **fields):
        self.__dict__.update(fields)


class Program:
    """A scenario, compiled: what all organisations have in common."""

    def __init__(self, folder, registry, dt=0.5, contrary=None):
        self.a = a = Thing(**registry)
        self.contrary = Thing(**{name: 0.0 for name in CONTRARIES} | (contrary or {}))
        self.dt, self.folder = dt, folder
        setting = {row["setting"]: row["value"] for row in table(folder, "program")}
        money = {row["item"]: float(row["value"]) for row in table(folder, "money") if row["value"]}
        self.incremental = setting.get("release") == "incremental"
        self.first_hire_pool = setting.get("first_hire") == "pool"
        self.setting, self.money = setting, money
        load = money.get("benefit_load", 1.43)
        self.c_eng = money["engineer_per_year"] * load / 52000 if "engineer_per_year" in money else a.c_eng
        c_em = money["em_per_year"] * load / 52000 if "em_per_year" in money else a.em_factor * self.c_eng
        self.r = math.log1p(money.get("discount_rate", a.disc)) / 52
        self.forum_hour = money.get("attendee_hour", 0) / 1000
        self.reinforcement_cost = money.get("reinforcement_cost", 0)
        self.hiring_weeks = money.get("hiring_fee_share", 0) * 52 / load

        self.teams = [Thing(id=r["team"], engineers=float(r["engineers"]), unit=r.get("unit", ""), site=r.get("site", ""),
                            em_J=number(r.get("em_judgment"), a.J_em), em_E=number(r.get("em_empowerment"), a.E_team),
                            em_hours=number(r.get("em_hours_per_week"), a.h_em), em_cost=c_em) for r in table(folder, "teams")]
        team_of = {t.id: j for j, t in enumerate(self.teams)}
        features = table(folder, "features")
        feature_of = {r["feature"]: g for g, r in enumerate(features)}
        content = (1 + a.b_plan) if setting.get("effort_basis") == "historical" else 1
        self.packages = []
        for r in table(folder, "packages"):
            mode = float(r["effort_mode_pw"])
            self.packages.append(Thing(
                id=r["package"], team=team_of[r["team"]], feature=feature_of.get(r.get("feature"), -1), kind=r.get("kind") or "build",
                low=number(r.get("effort_low_pw"), mode), mode=mode, high=number(r.get("effort_high_pw"), mode), estimate=mode / content,
                most=number(r.get("max_engineers"), self.teams[team_of[r["team"]]].engineers), due=number(r.get("due_week"), NEVER),
                penalty=number(r.get("penalty_k_per_week"), 0.0), predecessors=[], successors=[], covers=[], items=[], copula=-1))
            if r.get("distribution") not in (None, "", "triangular"):
                raise SystemExit("oracle: only triangular efforts")
        package_of = {p.id: i for i, p in enumerate(self.packages)}
        self.dependencies = [Thing(start=package_of[r["from"]], to=package_of[r["to"]], lag=number(r.get("lag_weeks"), 0.0),
                                   ambiguity=number(r.get("ambiguity"), 0.0), known=r.get("known_at_planning") != "no", row=d)
                             for d, r in enumerate(table(folder, "dependencies"))]
        for d in self.dependencies:
            self.packages[d.to].predecessors.append((d.start, d.lag))
            self.packages[d.start].successors.append(d.to)
        self.interfaces = [d for d in self.dependencies if self.packages[d.start].team != self.packages[d.to].team]
        for d in self.interfaces:
            d.team_from, d.team_to = self.packages[d.start].team, self.packages[d.to].team
            d.weight = a.cross_team_slowdown if self.teams[d.team_from].site != self.teams[d.team_to].site else 1.0
        n = len(self.teams)
        self.density = len(self.interfaces) / (n * (n - 1)) if n > 1 else 0.0
        self.total_estimate = sum(p.estimate for p in self.packages)

        self.plan()
        self.T_plan = self.T_schedule * (1 + a.b_plan)
        self.D0 = number(setting.get("deadline_week"), self.T_plan)
        self.horizon = math.ceil(number(setting.get("horizon_weeks"), max(156, 3 * self.T_plan)))
        self.value_horizon = number(setting.get("value_horizon_weeks"), max(156, 3.5 * self.T_plan))
        self.budget = sum(t.engineers * self.c_eng + t.em_cost for t in self.teams) * self.D0
        self.integrators()
        self.calendar = np.ones((n, self.horizon + 1))
        for r in table(folder, "calendar"):
            for w in range(self.horizon + 1):
                if float(r["from_week"]) <= w < float(r["to_week"]):
                    for j, t in enumerate(self.teams):
                        if r["team"] in ("", t.id):
                            self.calendar[j, w] *= float(r["capacity"])
        self.compile_features(features)
        self.compile_items()
        self.compile_forums()
        self.compile_correlations()

    # ---- the plan

    def fluid_schedule(self, order, links):
        """Teams' engineers on their ready packages in this order, at most `most` on each. Starts, finishes, end."""
        n = len(self.packages)
        left = [p.estimate for p in self.packages]
        start, finish = [None] * n, [None] * n
        t = 0.0
        while any(f is None for f in finish):
            free = [team.engineers for team in self.teams]
            rate, step = [0.0] * n, math.inf
            for i in order:
                if finish[i] is not None or any(finish[d.start] is None for d in links if d.to == i):
                    continue
                ready = max([finish[d.start] + d.lag for d in links if d.to == i], default=0.0)
                if ready > t + 1e-12:
                    step = min(step, ready - t)
                    continue
                p = self.packages[i]
                rate[i] = min(p.most, free[p.team])
                free[p.team] -= rate[i]
                if rate[i] > 0:
                    start[i] = t if start[i] is None else start[i]
                    step = min(step, left[i] / rate[i])
            for i in range(n):
                if rate[i] > 0:
                    left[i] -= rate[i] * step
            t += step
            for i in range(n):
                if rate[i] > 0 and left[i] <= 1e-9:
                    finish[i] = t
        return start, finish, t

    def ordered(self, key, links):
        """Predecessors first; of what is free, the least key; of equal keys the earlier row."""
        n, order = len(self.packages), []
        while len(order) < n:
            free = [i for i in range(n) if i not in order and all(d.start in order for d in links if d.to == i)]
            order.append(min(free, key=lambda i: (key[i], i)))
        return order

    def plan(self):
        known = [d for d in self.dependencies if d.known]
        tail = [0.0] * len(self.packages)
        for i in reversed(self.ordered([(0.0, 0.0)] * len(self.packages), known)):
            p = self.packages[i]
            shortest = p.estimate / min(p.most, self.teams[p.team].engineers)
            tail[i] = shortest + max([d.lag + tail[d.to] for d in known if d.start == i], default=0.0)
        start, _, _ = self.fluid_schedule(self.ordered([(-x, 0.0) for x in tail], known), known)
        second = self.ordered([(s, -x) for s, x in zip(start, tail)], known)
        self.start, self.finish, self.T_schedule = self.fluid_schedule(second, known)
        self.order = self.ordered([(s, -x) for s, x in zip(self.start, tail)], self.dependencies)

    def planned_share(self, week, team=None):
        """Share of the estimate that the plan has done at a week, of one team or of all."""
        at = week * self.T_schedule / self.T_plan
        mine = [i for i, p in enumerate(self.packages) if team is None or p.team == team]
        done = sum(self.packages[i].estimate * min(1.0, max(0.0, (at - self.start[i]) / (self.finish[i] - self.start[i]))) for i in mine)
        return done / sum(self.packages[i].estimate for i in mine) if mine else 1.0

    def integrators(self):
        """Who integrates whom: the earliest integrating package after it, else the last package on its path, else itself."""
        place_of = {i: k for k, i in enumerate(self.order)}
        for i, p in enumerate(self.packages):
            after, stack = set(), [i]
            while stack:
                for s in self.packages[stack.pop()].successors:
                    if s not in after:
                        after.add(s)
                        stack.append(s)
            integrating = [s for s in after if self.packages[s].kind == "integrate"]
            last = [s for s in after if not self.packages[s].successors]
            p.integrator = min(integrating or last or [i], key=lambda s: place_of[s])
            self.packages[p.integrator].covers.append(i)
        for i, p in enumerate(self.packages):
            p.keeps = any(c != i for c in p.covers) or p.kind == "integrate"

    # ---- features, items, forums

    def annuity(self, launch):
        """Discounted weeks of full value from launch to the value horizon, with adoption 1 - exp(-t / tau_adopt)."""
        left, tau = np.maximum(0, self.value_horizon - launch), self.a.tau_adopt
        flat = -np.expm1(-self.r * left) / self.r if self.r > 0 else left
        ramp = -np.expm1(-(self.r + 1 / tau) * left) / (self.r + 1 / tau) if tau > 0 else 0
        return np.exp(-self.r * launch) * (flat - ramp)

    def compile_features(self, rows):
        a, self.features = self.a, []
        worth_of_program = a.bcr * self.budget / self.annuity(self.D0)
        for g, r in enumerate(rows):
            mine = [i for i, p in enumerate(self.packages) if p.feature == g]
            share = sum(self.packages[i].estimate for i in mine) / self.total_estimate
            request = r.get("origin") == "request"
            p = number(r.get("probability_of_value"), a.p_val * (a.pval_request if request else 1))
            if r.get("value_mode_k_per_week"):
                low, mode, high = (float(r[f"value_{w}_k_per_week"]) for w in ("low", "mode", "high"))
            else:
                low, mode, high = (f * worth_of_program * share / p for f in (0.3, 0.9, 1.8))
            self.features.append(Thing(p=p, low=low, mode=mode, high=high, mean=(low + mode + high) / 3, packages=mine))
        expected = sum(f.p * f.mean for f in self.features)
        self.value_per_effort = a.req_worth * expected / self.total_estimate
        self.request_rate = a.req * len(self.packages) / 40
        expected_requests = self.request_rate * self.horizon
        self.most_requests = math.ceil(expected_requests + 6 * math.sqrt(expected_requests))

    def compile_items(self):
        a, self.items = self.a, []
        severity = (a.sev_team, a.s_x, a.s_x * a.s_exec)
        delivery = {"technical": a.w_tech, "integration": a.w_integ, "execution": a.w_exec, "market": a.w_tpm_mkt, "people": a.w_tpm_people}
        product = {"technical": a.w_pm_other, "integration": a.w_pm_other, "execution": a.w_pm_exec, "market": a.w_pm, "people": a.w_pm_other}
        package_of = {p.id: i for i, p in enumerate(self.packages)}

        def path(altitude, beyond):
            return 2 if altitude == EXECUTIVE or (altitude == CROSS and beyond) else 1

        def beyond_unit(package):
            return any(package in (d.start, d.to) and self.teams[d.team_from].unit != self.teams[d.team_to].unit for d in self.interfaces)

        i_ref = a.i_ref * self.total_estimate / len(self.packages)
        inverse = lambda p: -math.inf if p <= 0 else math.inf if p >= 1 else NormalDist().inv_cdf(p)
        for row, r in enumerate(table(self.folder, "risks")):
            i, altitude, category = package_of[r["package"]], ALTITUDE[r.get("altitude", "")], r["category"]
            low, mode, high = ((number(r.get(f"impact_{w}_pw"))) for w in ("low", "mode", "high"))
            if math.isnan(mode):
                low, mode, high = a.imp_low * i_ref, a.imp_mode * i_ref, a.imp_high * i_ref
            mitigation, planned = bool(r.get("mitigation")), r.get("planned") == "yes"
            factor, post, p = number(r.get("post_impact_factor"), 1.0), number(r.get("post_probability")), float(r["probability"])
            if math.isnan(post):
                post = 0.0 if factor == 1 else p
            scale = a.imp * (factor if mitigation and planned else 1)
            self.items.append(Thing(
                kind=RISK, category=category,
                row=row, package=i, altitude=altitude, path=path(altitude, beyond_unit(i)), product=category == "market",
                low=scale * low, mode=scale * mode, high=scale * high, mean=scale * (low + mode + high) / 3,
                severity=number(r.get("severity"), 1.0) * severity[altitude], base=a.det_base * number(r.get("detectability"), 1.0),
                w_team=a.v_team, w_em=a.w_em * (a.em_integ if category == "integration" else 1), w_T=delivery[category], w_P=product[category],
                growth=number(r.get("growth_per_week"), a.growth), delay=number(r.get("delay_weeks"), 0.0),
                threshold=inverse(post if mitigation and planned else p), residual=inverse(post), factor=factor,
                cost=number(r.get("mitigation_cost_k"), 0.0), buys=mitigation and not planned, planned=mitigation and planned, opens=-1.0))
        for row, r in enumerate(table(self.folder, "questions")):
            i, altitude, own = package_of[r["package"]], ALTITUDE[r.get("altitude", "")], r.get("kind") == "product"
            self.items.append(Thing(
                kind=QUESTION, row=row, package=i, altitude=altitude, path=path(altitude, beyond_unit(i)), product=own,
                severity=severity[altitude], base=a.rec, w_team=1.0, w_em=0.0, w_T=a.att_tpm_other if own else a.att_owner,
                w_P=a.att_owner if own else a.att_pm_other, growth=a.growth, delay=0.0, threshold=1.0, buys=False, planned=False,
                opens=number(r.get("opens_at_share"), -1.0)))
        for d in self.interfaces:
            beyond = self.teams[d.team_from].unit != self.teams[d.team_to].unit
            self.items.append(Thing(
                kind=MISMATCH, row=d.row, package=d.to, altitude=CROSS, path=path(CROSS, beyond), product=False, severity=severity[CROSS],
                base=a.mis_det * a.det_base, w_team=a.v_team, w_em=a.w_em * a.em_integ, w_T=a.w_integ, w_P=a.w_pm_other, growth=a.growth,
                delay=0.0, threshold=d.ambiguity if d.known else 1.0, buys=False, planned=False, opens=a.x_mis))
        for k, item in enumerate(self.items):
            item.team = self.packages[item.package].team
            self.packages[item.package].items.append(k)

    def compile_forums(self):
        a = self.a
        self.forums = [Thing(cadence=a.cad1, slots=a.slots1, background=a.bg1, attendees=8.0, hours=0.5),
                       Thing(cadence=a.cad2, slots=a.slots2, background=a.bg2, attendees=8.0, hours=0.5)]
        for r in table(self.folder, "forums"):
            f = self.forums[0 if r["level"] == "cross" else 1]
            f.cadence, f.slots = number(r.get("cadence_weeks"), f.cadence), number(r.get("slots"), f.slots)
            f.background, f.attendees = number(r.get("background_slots"), f.background), number(r.get("attendees"), f.attendees)
            f.hours = number(r.get("attendee_hours"), f.hours)

    def compile_correlations(self):
        """Members of the copula in the order in which correlations.csv names them first; the lower Cholesky factor."""
        rows, members = table(self.folder, "correlations"), []
        for r in rows:
            for name in (r["a"], r["b"]):
                if name not in members:
                    members.append(name)
        matrix = np.eye(len(members))
        for r in rows:
            x, y = members.index(r["a"]), members.index(r["b"])
            matrix[x, y] = matrix[y, x] = float(r["rho"])
        self.copula = np.linalg.cholesky(matrix) if members else np.zeros((0, 0))
        risk_rows = [r["risk"] for r in table(self.folder, "risks")]
        for c, name in enumerate(members):
            for p in self.packages:
                if p.id == name:
                    p.copula = c
            if name in risk_rows:
                self.items[risk_rows.index(name)].copula = c


ROLE_KEY = {"tpm": 0, "pm": 1, "coordinator": 2}
USUAL = {"tpm": ("J_tpm", "E_tpm", "a_tpm", 0.9), "pm": (0.5, 0.35, 0.4, 0.5), "coordinator": (0.35, 0.1, 0.9, 0.1)}


class Arm:
    """An organisation: its seats and factors."""

    def __init__(self, program, row, seat_rows, tpm_money, placement):
        a, self.id = program.a, row["arm"]
        value = lambda text, default: getattr(a, text) if hasattr(a, text) else float(text) if text not in (None, "") else default
        cell = lambda text, usual: value(text, getattr(a, usual) if isinstance(usual, str) else usual)
        self.seats, self.em_hours, in_role, persons = [], [t.em_hours for t in program.teams], {}, {}
        for r in seat_rows:
            if r["arm"] != self.id:
                continue
            role, usual = r["role"], USUAL[r["role"]]
            count = in_role.setdefault(role, 0)
            in_role[role] += 1
            seat = Thing(role=role, delivery=role != "pm", key=ROLE_KEY[role] * 16 + count, fte=value(r.get("fte"), 1.0),
                         J=cell(r.get("judgment"), usual[0]), E=cell(r.get("empowerment"), usual[1]), a=cell(r.get("admin_share"), usual[2]),
                         o=cell(r.get("outcome_evaluated"), usual[3]), start=number(r.get("start_week"), 0.0),
                         tenure=number(r.get("weeks_in_seat"), 26.0 if role == "pm" else 0.0))
            seat.cost = seat_cost(program, r, seat.fte)
            label = r.get("person") or f" own {len(self.seats)}"
            seat.person = persons.setdefault(label, len(persons))
            if label.startswith("em:"):
                j = [t.id for t in program.teams].index(label[3:])
                self.em_hours[j] = max(0.0, self.em_hours[j] - 40 * seat.fte)
            self.seats.append(seat)
        self.persons = []
        for p in range(len(persons)):
            held = [s for s in self.seats if s.person == p]
            self.persons.append(Thing(key=held[0].key, J=held[0].J, start=held[0].start, o=sum(s.o for s in held) / len(held),
                                      nobody=all(s.fte <= 0 for s in held), seats=held))
        for s in self.seats:
            s.switching = 1 - a.sw_loss if any(t is not s and t.person == s.person and t.fte > 0 for t in self.seats) else 1.0
        extra = row.get("extra_engineers") or "0"
        extra = tpm_money / program.c_eng if extra == "tpm_money" else float(extra)
        n = len(program.teams)
        where = row.get("extra_engineers_team") or "spread"
        where = placement.get(self.id, where) if where == "best" else where
        self.extra = [extra / n if where == "spread" else extra * (t.id == where) for t in program.teams]
        money = row.get("extra_cost_per_year") or "0"
        self.extra_cost = tpm_money if money == "tpm_money" else float(money) / 52000
        factor = lambda text: 1 - a.decoupling_effect if text == "decoupled" else value(text, 1.0)
        self.ambiguity, self.h_dep = factor(row.get("ambiguity_factor")), factor(row.get("h_dep_factor"))


def seat_cost(program, row, fte):
    a, money, role = program.a, program.money, row["role"]
    if row.get("cost_per_year"):
        return float(row["cost_per_year"]) / 52000
    if f"{role}_per_year" in money:
        return money[f"{role}_per_year"] * money.get("benefit_load", 1.43) / 52000 * fte
    return {"tpm": a.c_tpm, "pm": a.c_pm, "coordinator": a.c_coord}[role] * fte


def organisations(program, names, placement):
    rows, seat_rows = table(program.folder, "arms"), table(program.folder, "seats")
    ids = [r["arm"] for r in rows]
    headline = program.setting.get("headline_arm") or ("tpm" if "tpm" in ids else ids[1])
    a = program.a
    tpm_money = sum(seat_cost(program, r, getattr(a, r["fte"]) if hasattr(a, r["fte"] or " ") else number(r["fte"], 1.0))
                    for r in seat_rows if r["arm"] == headline and r["role"] != "pm")
    return [Arm(program, r, seat_rows, tpm_money, placement) for r in rows if names is None or r["arm"] in names]


# ---------------------------------------------------------------- nature

class Nature:
    """What nature decides in each world, before any organisation acts. Arrays [entity][world]."""

    def __init__(self, program, seed, worlds):
        p, a, self.seed, self.worlds = program, program.a, seed, worlds
        n = len(worlds)
        draw = lambda stream, entity, ordinal=0: philox(seed, worlds, stream, entity, ordinal)
        z_program = normal(draw(S_PROGRAM, 0)[0])
        z_team = [normal(draw(S_TEAM, j)[0]) for j in range(len(p.teams))]
        z_copula = p.copula @ np.array([normal(draw(S_COPULA, c)[0]) for c in range(len(p.copula))]).reshape(len(p.copula), n)
        phi = np.vectorize(NormalDist().cdf)
        self.R0 = np.zeros((len(p.packages), n))
        for i, k in enumerate(p.packages):
            u = place(draw(S_EFFORT, i)[0]) if k.copula < 0 else phi(z_copula[k.copula])
            ratio = np.maximum(triangular(u, k.low / k.mode, 1.0, k.high / k.mode), 0.01)
            self.R0[i] = k.estimate * ratio * np.exp(a.b_est + a.s_prog * z_program + a.s_team * z_team[k.team])
        self.noise = np.zeros((len(p.teams), p.horizon + 4, n))
        for j in range(len(p.teams)):
            y = None
            for w in range(p.horizon + 1):
                if w % 4 == 0:
                    bits = draw(S_NOISE, j, w // 4)
                z = normal(bits[w % 4])
                y = z if w == 0 else a.ar_rho * y + math.sqrt(1 - a.ar_rho**2) * z
                self.noise[j, w] = np.exp(a.ar_sd * y - a.ar_sd**2 / 2)
        shape = (len(p.items), n)
        self.score, self.impact, self.ln_S, self.opens = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.delay, self.E_real, self.E_det, self.E_loc = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for k, item in enumerate(p.items):
            bits, more = draw(S_ITEM + 6 * item.kind + D_NATURE, item.row), draw(S_ITEM + 6 * item.kind + D_NATURE_MORE, item.row)
            self.ln_S[k] = math.log(item.severity)
            if item.kind == RISK:
                own = normal(bits[0]) if not hasattr(item, "copula") else z_copula[item.copula]
                self.score[k] = -math.sqrt(a.rho_r) * z_program + math.sqrt(1 - a.rho_r) * own
                self.impact[k] = triangular(place(bits[1]), item.low, item.mode, item.high)
                self.ln_S[k] += np.log(self.impact[k] / item.mean)
            else:
                self.score[k] = uniform(bits[0])
                self.ln_S[k] += a.sev_sd * normal(more[0])
            self.opens[k] = item.opens if item.opens >= 0 else a.x_open * uniform(bits[2])
            self.delay[k] = 2 * item.delay * uniform(bits[3])
            self.E_real[k], self.E_det[k], self.E_loc[k] = (exponential(more[d]) for d in (1, 2, 3))
        self.worth, self.value = np.zeros((len(p.features), n), bool), np.zeros((len(p.features), n))
        for g, f in enumerate(p.features):
            bits = draw(S_FEATURE, g)
            self.worth[g] = uniform(bits[0]) < f.p
            self.value[g] = self.worth[g] * triangular(place(bits[1]), f.low, f.mode, f.high)
        m = p.most_requests if p.request_rate > 0 else 0
        self.arrival, self.size = np.full((m, n), NEVER), np.zeros((m, n))
        self.worthy, self.host = np.zeros((m, n), bool), np.zeros((m, n), int)
        at = np.zeros(n)
        for r in range(m):
            bits = draw(S_REQUEST, r)
            at = at + exponential(bits[0]) / p.request_rate
            self.arrival[r], self.size[r] = at, a.req_sz * (0.4 + 1.2 * uniform(bits[1]))
            self.worthy[r] = uniform(bits[2]) < a.p_valr
            self.host[r] = (bits[3] * np.uint64(len(p.packages)) >> np.uint64(32)).astype(int)
        self.phase = np.array([uniform(draw(S_FORUM, f)[0]) for f in range(2)])


# ---------------------------------------------------------------- one life: lanes are (world, arm)

class Life:
    """All worlds under all arms, tick by tick. Every array ends in the axis of the lanes; lanes that have ended are taken out."""

    def __init__(self, program, arms, nature, watch=None, turns=()):
        p, a, self.p, self.a, self.arms, self.nature = program, program.a, program, program.a, arms, nature
        self.dt, W, A = program.dt, len(nature.worlds), len(arms)
        self.lane = np.arange(W * A)
        self.w, self.arm = np.repeat(np.arange(W), A), np.tile(np.arange(A), W)
        self.world = nature.worlds[self.w]
        n, N, K, J, S, G = len(self.lane), len(p.packages), len(p.items), len(p.teams), max(len(o.seats) for o in arms), len(p.features)
        P = max(len(o.persons) for o in arms)
        self.n_packages, self.n_items, self.n_teams, self.n_seats, self.n_persons, self.n_features = N, K, J, S, P, G
        self.watch, self.turns, self.events, self.calls, self.t0 = watch, turns, [], [], 0.0
        zeros = lambda *shape: np.zeros(shape + (n,))
        off = lambda *shape: np.zeros(shape + (n,), bool)
        never = lambda *shape: np.full(shape + (n,), NEVER)

        # organisation
        def of_seats(get, default=0.0):
            grid = np.full((S, A), default, dtype=type(default))
            for o, arm in enumerate(arms):
                for q, seat in enumerate(arm.seats):
                    grid[q, o] = get(seat)
            return grid[:, self.arm]
        self.is_seat, self.is_delivery = of_seats(lambda s: True, False), of_seats(lambda s: s.delivery, False)
        self.fte, self.seat_E, self.admin, self.switching = (of_seats(lambda s, f=f: getattr(s, f)) for f in ("fte", "E", "a", "switching"))
        self.seat_cost, self.tenure, self.seat_person = of_seats(lambda s: s.cost), of_seats(lambda s: s.tenure), of_seats(lambda s: s.person, -1)
        self.trust = of_seats(lambda s: a.T0)
        def of_persons(get, default=0.0):
            grid = np.full((P, A), default, dtype=type(default))
            for o, arm in enumerate(arms):
                for q, person in enumerate(arm.persons):
                    grid[q, o] = get(person)
            return grid[:, self.arm]
        self.is_person, self.nobody = of_persons(lambda s: True, False), of_persons(lambda s: s.nobody, False)
        self.person_key, self.person_o, self.J = of_persons(lambda s: s.key, 0), of_persons(lambda s: s.o), of_persons(lambda s: s.J)
        self.vacancy = of_persons(lambda s: s.start)
        self.number, self.hazard, self.left, self.E_leave = zeros(P).astype(int), zeros(P), off(P), zeros(P)
        self.extra = np.array([o.extra for o in arms]).T[:, self.arm]
        self.em_hours = np.array([o.em_hours for o in arms]).T[:, self.arm]
        self.h_dep_factor, self.extra_cost = np.array([o.h_dep for o in arms])[self.arm], np.array([o.extra_cost for o in arms])[self.arm]
        ambiguity = np.array([o.ambiguity for o in arms])[self.arm]

        # nature, by lane
        for name in ("R0", "noise", "impact", "ln_S", "opens", "delay", "E_real", "E_det", "E_loc", "worth", "value", "arrival", "size",
                     "worthy", "host", "phase"):
            setattr(self, name, getattr(nature, name)[..., self.w])
        self.score = nature.score[:, self.w]

        # state
        self.est = np.repeat(np.array([[k.estimate] for k in p.packages]), n, axis=1)
        self.R = self.R0.copy()
        self.B, self.U, self.UA, self.fresh, self.U_before, self.worked = (zeros(N) for _ in range(6))
        self.blocked, self.t_int, self.done, self.clear, self.t_acc = zeros(N), never(N), never(N), zeros(N), never(N)
        self.reached, self.started, self.integrated, self.accepted, self.dropped, self.again, self.promoted = (off(N) for _ in range(7))
        self.from_week, self.to_week, self.x_from, self.x_to = (zeros(N) for _ in range(4))
        self.request_value = zeros(N)
        threshold = np.repeat(np.array([[item.threshold] for item in p.items]), n, axis=1)
        for k, item in enumerate(p.items):
            if item.kind == MISMATCH:
                threshold[k] *= ambiguity
        exists = [~self.reaches(f"item {k} exists", self.score[k], threshold[k]) for k in range(K)]
        self.state = np.where(np.array(exists), DORMANT, ABSENT) if K else np.zeros((0, n), int)
        self.t_act, self.t_det, self.timer, self.ticket = never(K), never(K), never(K), zeros(K)
        self.H_det, self.H_real, self.H_loc, self.factor = zeros(K), zeros(K), zeros(K), np.ones((K, n))
        self.observer, self.level, self.looks, self.services, self.episode = (zeros(K).astype(int) for _ in range(5))
        self.settled, self.surfaced = off(K), off(K)
        self.X, self.newcomers, self.vacant, self.Lambda, self.E_team = zeros(J), zeros(J), zeros(J), zeros(J), zeros(J)
        self.leavers, self.fire, self.phi, self.vigilance = zeros(J).astype(int), zeros(J), zeros(J), np.ones((J, n))
        self.X += np.array([[t.engineers] for t in p.teams]) + self.extra
        self.arrived, self.served, self.meetings = zeros(2), zeros(2), zeros(2)
        self.meeting = self.phase * np.array([[f.cadence] for f in p.forums])
        self.feature_dropped = off(G)
        self.D, self.F_said, self.said = np.full(n, p.D0), np.full(n, p.D0), zeros()
        self.pressure, self.last_reaction, self.reinforcements, self.optimism = zeros(), np.full(n, -NEVER), zeros(), zeros()
        self.K, self.learnt, self.rP, self.prepared = zeros(), zeros(), zeros(), zeros()
        for r in ("T", "P"):
            for f in ("weight", "alpha", "J", "E", "T"):
                setattr(self, f"{r}_{f}", zeros())
        for name in LEDGER:
            setattr(self, "sum_" + name, zeros())
        self.looked = zeros(4, 6)
        self.finished, self.cancelled = off(), off()
        self.stop, self.finish = np.full(n, float(p.horizon)), np.full(n, float(p.horizon))
        self.outcomes = {}
        self.sum_cost += sum(item.cost for item in p.items if item.planned)
        self.sum_cost_pv += sum(item.cost for item in p.items if item.planned)
        for person in range(P):
            self.arrive(person, self.is_person[person], p.first_hire_pool)
        for j in range(J):
            self.next_leaver(j, np.ones(n, bool))

    # ---- bookkeeping

    def keep(self, which):
        """Only these lanes live on."""
        n = len(self.lane)
        for name, value in list(vars(self).items()):
            if isinstance(value, np.ndarray) and value.ndim and value.shape[-1] == n and name != "outcomes":
                setattr(self, name, value[..., which])

    def draw(self, mask, stream, entity, ordinal):
        """Four words for the lanes of the mask. ordinal, entity: a number or an array over lanes."""
        ordinal = ordinal[mask] if isinstance(ordinal, np.ndarray) else ordinal
        entity = entity[mask] if isinstance(entity, np.ndarray) else entity
        return philox(self.nature.seed, self.world[mask], stream, entity, ordinal)

    def item_draw(self, mask, k, purpose, ordinal):
        return self.draw(mask, S_ITEM + 6 * self.p.items[k].kind + purpose, self.p.items[k].row, ordinal)

    def tell(self, what, mask, week, entity=0, **values):
        """Writes an event of the watched lane down."""
        if self.watch is None:
            return
        here = np.flatnonzero(self.lane == self.watch)
        if len(here) and np.broadcast_to(mask, self.lane.shape)[here[0]]:
            pick = lambda v: float(np.broadcast_to(v, self.lane.shape)[here[0]])
            self.events.append((pick(week), what, int(pick(entity)), {name: pick(v) for name, v in values.items()}))

    def reaches(self, what, left, right, where=True):
        """left >= right. In the life that is watched, calls that rounding may decide are written down; those of `turns` (tick, what) are turned over."""
        yes = left >= right
        if self.watch is not None:
            left, right, where = (np.broadcast_to(x, self.lane.shape) for x in (left, right, where))
            for n in np.flatnonzero(where & (self.lane == self.watch)):
                margin = abs(left[n] - right[n]) / max(abs(left[n]), abs(right[n]), 1)
                if margin < CLOSE:
                    yes[n] ^= (self.t0, what) in self.turns
                    self.calls.append((self.t0, what, float(left[n]), float(right[n]), margin))
        return yes

    def spend(self, mask, k):
        """Money of this tick, in thousands."""
        self.sum_cost += mask * k
        self.sum_cost_pv += mask * k * self.discount

    # ---- the week

    def live(self):
        p = self.p
        per_week = round(1 / self.dt)
        for tick in range(p.horizon * per_week):
            self.tick, self.week, self.on_week = tick, tick // per_week, tick % per_week == 0
            self.t0, self.t1 = tick * self.dt, (tick + 1) * self.dt
            self.discount = math.exp(-p.r * (tick + 0.5) * self.dt)
            if self.on_week and self.week == 8:
                self.week_eight()
            if self.on_week and self.week % 2 == 0 and self.week > 0:
                self.reporting()
                self.management()
                self.take_out(self.cancelled)
            self.product()
            self.seats()
            self.coordination()
            self.attention()
            self.rework()
            self.work()
            self.activation()
            self.realisation()
            self.closing()
            self.detection()
            self.judgment()
            self.escalation()
            self.decision()
            self.integration()
            self.acceptance()
            self.work_again()
            self.activation()
            self.trust_fades()
            self.turnover()
            self.rigour()
            self.ending()
            self.money()
            self.take_out(self.finished)
            if not len(self.lane):
                return
        self.take_out(np.ones(len(self.lane), bool))

    def take_out(self, ended):
        if ended.any():
            self.outcome(ended)
            self.keep(~ended)

    # 1 reporting: every fortnight

    def shares(self):
        """True and known share of every package."""
        true = np.clip(1 - (self.R + self.B + self.U) / self.R0, 0, 1)
        x = 1 - self.R / self.R0
        total = self.est + (self.R0 - self.est) * x
        known = np.clip(1 - ((1 - x) * total + self.B) / total, 0, 1)
        return true, known

    def forecast(self, share):
        """F = max(t, t T_plan / max(t_es, es_floor t)), t_es the week of the plan at which that share was due."""
        p, t = self.p, self.t0
        t_es = self.earned_time(np.clip(share, 0, 1))
        return np.maximum(t, t * p.T_plan / np.maximum(t_es, self.a.es_floor * t))

    def earned_time(self, share):
        """Week of the plan at which this share was due: linear between 65 points of equal share."""
        p = self.p
        if not hasattr(p, "curve"):
            at, points = [], np.linspace(0, p.T_plan, 20001)
            shares = np.array([p.planned_share(w) for w in points])
            p.curve = np.interp(np.arange(65) / 64, shares, points)
            p.curve[0] = 0.0
        return np.interp(share, np.arange(65) / 64, p.curve)

    def reporting(self):
        """What is true, what is known, what is said. Biased with p_bias (1 - psi alpha_T E_T); then rosy with p_opt, else a little dark."""
        p, a = self.p, self.a
        true, known = self.shares()
        weight = self.est * ~self.dropped
        all_weight = np.maximum(weight.sum(0), 1e-9)
        said = np.zeros_like(self.D)
        honest = a.psi * self.T_alpha * self.T_E
        for j in range(self.n_teams):
            mine = [i for i, k in enumerate(p.packages) if k.team == j]
            w = weight[mine].sum(0)
            team_known = (known[mine] * weight[mine]).sum(0) / np.maximum(w, 1e-9)
            bits = self.draw(np.ones(len(self.lane), bool), S_REPORT, j, self.week // 2)
            biased = ~self.reaches(f"report of team {j} is biased", uniform(bits[0]), a.p_bias * (1 - honest))
            rosy = uniform(bits[1]) < a.p_opt
            planned = p.planned_share(self.week, j)
            team_said = np.where(rosy, team_known + a.hide * np.maximum(0, planned - team_known), a.pess * team_known)
            team_said = np.where(biased, team_said, team_known)
            said += team_said * w
            self.sum_team_reports += 1
            self.sum_biased += biased
        self.said = said / all_weight
        self.optimism = np.maximum(0, self.said - (known * weight).sum(0) / all_weight)
        F_true = self.forecast((true * weight).sum(0) / all_weight)
        F_known = self.forecast((known * weight).sum(0) / all_weight)
        self.F_said = self.forecast(self.said)
        self.sum_reports += 1
        self.sum_gap_unknown += F_true - F_known
        self.sum_gap_silent += F_known - self.F_said
        self.sum_watermelon += 2.0 * ((self.F_said / p.D0 - 1 < a.wm_green) & (F_true / p.D0 - 1 > a.wm_red))
        self.tell("reported", True, self.t0, 0, x=self.F_said, y=F_true, z=F_known)

    # 2 management: reacts to every second report

    def management(self):
        """Presses, adds people, cuts, moves the date, cancels: on what is said, and on costs without what the arm adds."""
        p, a = self.p, self.a
        cost = self.sum_cost - self.sum_arm_cost
        self.cancelled = (self.reaches("cancelled for its date", self.F_said / p.D0, 1 + a.cancel_slip)
                          | self.reaches("cancelled for its cost", cost / p.budget, a.cancel_cost))
        self.stop = np.where(self.cancelled, self.t0, self.stop)
        self.tell("cancelled", self.cancelled, self.t0, 0)
        if self.week % 4 == 0:
            slips = (self.reaches("management reacts", self.F_said / self.D, 1 + a.tol) & (self.t0 - self.last_reaction >= a.react_gap)
                     & ~self.cancelled)
            weight = self.est * ~self.dropped
            left = 1 - self.said
            adds = slips & self.reaches("adds people", left, a.react_add_share, slips) & (self.reinforcements < 2)
            cuts = slips & ~adds & self.reaches("cuts scope", left, a.react_cut_share, slips)
            moves = slips & ~adds & ~cuts
            for j in range(self.n_teams):
                more = adds * a.add_frac * (self.X[j] + self.newcomers[j])
                self.vacant[j] += more
                self.spend(True, more * p.reinforcement_cost)
            self.reinforcements += adds
            if cuts.any():
                self.cut(cuts)
            self.D = np.where(adds | cuts, self.D + (self.F_said - self.D) / 2, np.where(moves, self.F_said, self.D))
            self.last_reaction = np.where(slips, self.t0, self.last_reaction)
            self.tell("date_moved", slips, self.t0, 0, y=self.D)
            self.tell("reinforced", adds, self.t0, 0)
        self.pressure = np.clip((self.F_said / self.D - 1) / a.press_scale, 0, 1)

    def cut(self, mask):
        """A debt, compliance or migration package of the least penalty for its effort; else the feature of the least perceived value."""
        p, a = self.p, self.a
        progress = 1 - self.R / self.R0
        best, choice = np.full(len(self.lane), NEVER), np.full(len(self.lane), -1)
        for i, k in enumerate(p.packages):
            if k.kind not in ("debt", "compliance", "migration") or k.keeps:
                continue
            price = k.penalty / k.estimate
            better = mask & ~self.dropped[i] & ~self.accepted[i]
            better &= ~self.reaches(f"package {i} too far to cut", progress[i], 1 - a.cut_done, mask) & (price < best)
            best, choice = np.where(better, price, best), np.where(better, i, choice)
        for i in range(self.n_packages):
            self.drop_package(i, choice == i)
        mask = mask & (choice < 0)
        if not mask.any():
            return
        best, choice = np.full(len(self.lane), NEVER), np.full(len(self.lane), -1)
        sd = self.value_noise()
        for g, f in enumerate(p.features):
            score = self.perceived(g, S_MANAGEMENT, self.week)
            odds = f.p / max(1 - f.p, 1e-9) * np.exp(np.minimum(2 * score / sd**2, 60))
            value = f.mean * odds / (1 + odds)
            open_yet = ~self.reaches(f"feature {g} too far to cut", self.feature_progress(g), a.cut_done, mask)
            better = mask & ~self.feature_dropped[g] & open_yet & ~self.reaches(f"feature {g} is worth more", value, best, mask)
            best, choice = np.where(better, value, best), np.where(better, g, choice)
        for g in range(self.n_features):
            self.drop_feature(g, choice == g)

    def feature_progress(self, g):
        """Share of a feature's estimates that is done; what was cut counts as done."""
        mine = self.p.features[g].packages
        return (self.est[mine] * (1 - self.R[mine] / self.R0[mine])).sum(0) / np.maximum(self.est[mine].sum(0), 1e-9)

    def drop_feature(self, g, mask):
        if not mask.any():
            return
        self.feature_dropped[g] |= mask
        self.sum_features_dropped += mask
        self.tell("feature_dropped", mask, self.t0, g)
        for i in self.p.features[g].packages:
            if not self.p.packages[i].keeps:
                self.drop_package(i, mask & ~self.accepted[i] & ~self.dropped[i])

    def drop_package(self, i, mask):
        if not mask.any():
            return
        self.tell("cut", mask, self.t0, i)
        self.dropped[i] |= mask
        for array in (self.R, self.B, self.U, self.UA, self.fresh):
            array[i] = np.where(mask, 0, array[i])
        self.done[i] = np.where(mask & (self.done[i] >= NEVER), self.t0, self.done[i])
        for k in self.p.packages[i].items:
            self.move(k, mask & (self.state[k] != REALISED), ABSENT, self.t0)

    # 3 product

    def value_noise(self):
        """sigma_v = sp0 / sqrt(1 + G / tau_sig), G: weeks of product judgment so far."""
        return self.a.sp0 / np.sqrt(1 + self.learnt / self.a.tau_sig)

    def perceived(self, g, stream, ordinal):
        """What a PM sees of a feature: +1 or -1, with that noise."""
        z = normal(self.draw(np.ones(len(self.lane), bool), stream, g, ordinal)[0])
        return np.where(self.worth[g], 1.0, -1.0) + self.value_noise() * z

    def product(self):
        p, a = self.p, self.a
        for r in range(len(self.arrival)):
            arrives = self.reaches(f"request {r} comes", self.arrival[r], self.t0) & ~self.reaches(f"request {r} comes", self.arrival[r], self.t1)
            if arrives.any():
                self.request(r, arrives)
        reviews = (3, 8, 16, 28)
        if self.on_week and self.week in reviews:
            self.review(reviews.index(self.week))

    def request(self, r, arrives):
        """Accepted with acc_base - acc_slope E min(1, J / acc_J) (worthy ? acc_worth : 1), while the host is not with its integration."""
        p, a = self.p, self.a
        care = np.where(self.worthy[r], a.acc_worth, 1.0)
        chance = a.acc_base - a.acc_slope * self.P_E * np.minimum(1, self.P_J / a.acc_J) * care
        lane = np.arange(len(self.lane))
        host = self.host[r]
        open_host = ~self.dropped[host, lane] & ~self.accepted[host, lane] & (self.t_int[host, lane] >= NEVER)
        u = uniform(self.draw(np.ones(len(lane), bool), S_REQUEST, r, 1)[0])
        accepts = arrives & ~self.reaches(f"request {r} declined", u, chance, arrives) & open_host
        self.sum_requests += accepts
        self.tell("request_accepted", accepts, self.arrival[r], host, x=self.size[r])
        at, h = lane[accepts], host[accepts]
        size = self.size[r, accepts]
        for array in (self.R0, self.R, self.est):
            array[h, at] += size
        self.request_value[h, at] += self.worthy[r, accepts] * size * p.value_per_effort

    def review(self, review):
        """Held with probability E: the lowest score below -crit is dropped, and again, until drop_max of all features are."""
        a = self.a
        everyone = np.ones(len(self.lane), bool)
        held = (uniform(self.draw(everyone, S_REVIEW, 0, review)[0]) < self.P_E) & (self.P_weight > 0)
        if not held.any():
            return
        scores = [self.perceived(g, S_REVIEW_FEATURE, review) for g in range(self.n_features)]
        for g, f in enumerate(self.p.features):
            for i in f.packages if self.p.incremental else ():
                open_yet = held & ~self.feature_dropped[g]
                open_yet &= ~self.reaches(f"feature {g} too far to promote", self.feature_progress(g), a.drop_done, held)
                self.promoted[i] = np.where(open_yet, self.reaches(f"feature {g} is promoted", scores[g], 0, open_yet), self.promoted[i])
        most, again = a.drop_max * self.n_features, held
        while again.any():
            best, choice = np.full(len(self.lane), NEVER), np.full(len(self.lane), -1)
            room = self.feature_dropped.sum(0) + 1 <= most + 1e-3
            for g in range(self.n_features):
                bad = ~self.reaches(f"feature {g} scores above", scores[g], -a.crit, again)
                bad &= ~self.reaches(f"feature {g} scores above", scores[g], best, again)
                open_yet = ~self.reaches(f"feature {g} too far to drop", self.feature_progress(g), a.drop_done, again)
                better = again & room & ~self.feature_dropped[g] & bad & open_yet
                best, choice = np.where(better, scores[g], best), np.where(better, g, choice)
            for g in range(self.n_features):
                self.drop_feature(g, choice == g)
            again = choice >= 0

    # 4 seats

    def arrive(self, person, mask, from_pool):
        """Holder `number` of a seat: how long until leaving, and with what judgment."""
        if not mask.any():
            return
        a = self.a
        bits = self.draw(mask, S_PERSON, self.person_key[person], self.number[person])
        self.E_leave[person, mask] = exponential(bits[0])
        if from_pool:
            pool = a.pool_mu + a.pool_d * (self.person_o[person, mask] - 0.5) + a.pool_sd * normal(bits[1])
            self.J[person, mask] = np.clip(pool, 0.05, 0.95)

    def seats(self):
        """g = fte ramp (1 - a) k_sw, c = fte ramp a. A person leaves when the integral of lam_s / 52 (1 + kappa J a (1 - E)) reaches x."""
        p, a, dt = self.p, self.a, self.dt
        here = np.zeros((self.n_persons, len(self.lane)), bool)
        for person in range(self.n_persons):
            mine = self.is_person[person]
            holds = self.is_seat & (self.seat_person == person)
            present = mine & (self.vacancy[person] <= 0)
            rate = (holds * (1 + a.kappa * self.J[person] * self.admin * (1 - self.seat_E))).sum(0) / np.maximum(holds.sum(0), 1)
            self.hazard[person] += present * ~self.nobody[person] * a.lam_s / 52 * rate * dt
            leaves = present & self.reaches(f"person {person} leaves", self.hazard[person], self.E_leave[person])
            if leaves.any():
                bits = self.draw(leaves, S_PERSON, self.person_key[person], self.number[person])
                self.vacancy[person, leaves] = 2 * a.tau_hs * uniform(bits[2])
                self.hazard[person, leaves] = 0
                self.number[person] += leaves
                self.left[person] |= leaves
                self.sum_seats_left += leaves
                self.trust = np.where(holds & leaves, a.T0, self.trust)
                cost = (holds * self.seat_cost).sum(0) * (a.repl + p.hiring_weeks) * leaves
                self.sum_seat_cost += cost
                self.sum_seat_cost_pv += cost * self.discount
                self.sum_delivery_seat_weeks += (holds * self.is_delivery * self.fte).sum(0) * (a.repl + p.hiring_weeks) * leaves * self.discount
                present = present & ~leaves
                self.tell("seat_left", leaves, self.t0, person, x=self.vacancy[person])
            here[person] = present
            away = mine & ~present
            self.sum_vacant_weeks += dt * (away & self.left[person])
            self.vacancy[person] -= away * dt
            back = away & self.reaches(f"person {person} is replaced", 0, self.vacancy[person], away) & self.left[person]
            if back.any():
                self.arrive(person, back, True)
                self.sum_wrong_hires += back & (self.J[person] < a.wrong_J)
                self.tenure = np.where(holds & back, 0.0, self.tenure)
                self.tell("seat_arrived", back, self.t0, person, x=self.J[person])
        lanes = np.arange(len(self.lane))
        self.present = self.is_seat & here[np.maximum(self.seat_person, 0), lanes]
        self.tenure = self.tenure + dt * self.present
        ramp = 1 - (1 - a.r0) * np.exp(-self.tenure / a.tau_ramp)
        self.g = self.present * self.fte * ramp * (1 - self.admin) * self.switching
        self.c = self.present * self.fte * ramp * self.admin
        self.seat_J = self.J[np.maximum(self.seat_person, 0), lanes]

    # 5 coordination

    def coordination(self):
        """Hours a week: the load, what seats absorb, then the PM's share, the EMs up to their hours, the engineers' focus."""
        p, a, dt, n = self.p, self.a, self.dt, self.n_teams
        active_package = self.started & ~self.accepted & ~self.dropped
        active = np.array([active_package[[i for i, k in enumerate(p.packages) if k.team == j]].any(0) for j in range(n)])
        n_at = active.sum(0)
        per_team, weighted = np.zeros((n, len(self.lane))), np.zeros(len(self.lane))
        for d in p.interfaces:
            on = (self.started[d.start] | self.started[d.to]) & ~self.accepted[d.to] & ~self.dropped[d.to]
            weighted += on * d.weight
            per_team[d.team_from] += on
            per_team[d.team_to] += on
        n_open = np.zeros(len(self.lane))
        for k, item in enumerate(p.items):
            if item.altitude > TEAM:
                n_open += (self.state[k] >= (LATENT if item.kind == QUESTION else HELD)) & (self.state[k] <= DECIDING)
        heads = self.X + self.newcomers
        delivery = (self.present * self.is_delivery * self.fte).sum(0)
        load = (a.h_dep * self.h_dep_factor * (1 - a.rho_rigour * self.K) * weighted + a.h_team * n_at * (n_at - 1) / 2 * p.density
                + a.h_open * n_open + a.h_seat * heads.sum(0) * delivery)
        absorbed = np.minimum(load, 40 * (a.eps_admin * self.c.sum(0) + a.eps_judg * (self.g * self.trust).sum(0)))
        r = load - absorbed
        pm_fte = (self.present * ~self.is_delivery * self.fte).sum(0)
        self.rP = np.minimum(a.pm_load * r, a.pm_cap * pm_fte)
        faces = per_team.sum(0)
        share = 0.5 * per_team / np.maximum(faces, 1) + 0.5 * active / np.maximum(n_at, 1)
        r_j = (r - self.rP) * share + p.contrary.off_critical_hurts * delivery * heads * active * self.off_critical()
        e_j = np.minimum(r_j, self.em_hours)
        self.vigilance = 1 - a.em_blind * np.where(self.em_hours > 0, e_j / np.maximum(self.em_hours, 1e-9), r_j > 0)
        self.phi = np.minimum(a.phi_max, a.k_ctx * (r_j - e_j) / (40 * np.maximum(heads, 1e-9)))
        self.prepared = (self.c + a.k_prep_g * self.g).sum(0)
        self.delivery_time = ((self.g + self.c) * self.is_delivery).sum(0)
        self.g = self.g * np.where(self.is_delivery, 1.0, np.maximum(0, 1 - self.rP / 40 / np.maximum(pm_fte, 1e-9)))
        self.active, self.n_at = active, n_at
        self.sum_absorbed += absorbed * dt
        self.sum_em_h += e_j.sum(0) * dt
        self.sum_engineers_h += (r_j - e_j).sum(0) * dt
        self.sum_pm_h += self.rP * dt
        self.sum_focus += (self.phi * active).sum(0) * dt
        self.sum_active_weeks += n_at * dt

    def off_critical(self):
        """Teams that are a week or more from holding up the end, by their longest package and by all that they have open: by what is truly left."""
        p, n = self.p, len(self.lane)
        if not p.contrary.off_critical_hurts:
            return np.zeros((self.n_teams, n))
        tail, end, queue, after_team = np.zeros((self.n_packages, n)), *(np.zeros((self.n_teams, n)) for _ in range(3))
        capacity = [max(0.5, t.engineers) for t in p.teams]
        for i in reversed(p.order):
            k, after = p.packages[i], np.zeros(n)
            left = (self.R[i] + self.B[i]) * (~self.accepted[i] & ~self.dropped[i])
            for d in p.dependencies:
                if d.start == i:
                    after = np.maximum(after, d.lag + tail[d.to])
            tail[i] = after + left / min(k.most, capacity[k.team])
            ready = self.ready(i)
            open_ = (ready < NEVER) & (left > 0)
            end[k.team] = np.maximum(end[k.team], np.where(open_, np.maximum(0, ready - self.t0) + tail[i], 0))
            queue[k.team] += open_ * left
            after_team[k.team] = np.maximum(after_team[k.team], np.where(open_, after, 0))
        end = np.maximum(end, queue / np.array(capacity)[:, None] + after_team)
        latest = end.max(0)
        return np.array([self.reaches(f"team {j} is off the critical path", latest - 1.0, end[j]) for j in range(self.n_teams)])

    # 6 attention

    def attention(self):
        """alpha = 1 - exp(-span G / max(1, active teams)); J, E and T of a role are means weighted by g J."""
        a = self.a
        for r, span, mine in (("T", a.span_tpm, self.is_delivery), ("P", a.span_pm, ~self.is_delivery & self.is_seat)):
            weights = self.g * self.seat_J * mine
            total = weights.sum(0)
            mean = lambda x: (weights * x).sum(0) / np.maximum(total, 1e-12)
            setattr(self, r + "_weight", total)
            setattr(self, r + "_alpha", 1 - np.exp(-span * total / np.maximum(1, self.n_at)))
            setattr(self, r + "_J", mean(self.seat_J))
            setattr(self, r + "_E", mean(self.seat_E))
            setattr(self, r + "_T", mean(self.trust))
        self.learnt = self.learnt + self.P_weight * self.dt

    # 7 rework

    def returns(self, i, found, mask):
        """Found mistakes become known rework, at the price of their age."""
        a = self.a
        age = self.UA[i] / np.maximum(self.U[i], 1e-12)
        price = np.minimum(a.m_max, np.exp(np.minimum((1 - self.p.contrary.no_delay_effect) * a.gamma * age, 50)))
        found = np.where(mask, found, 0)
        self.UA[i] -= found * age
        self.U[i] -= found
        self.B[i] += found * price

    def rework(self):
        """D = U (1 - exp(-d dt)), d = d0 + d_attn alpha_T J_T before integration, d_int after; the last tick's mistakes have waited half a tick."""
        a, dt = self.a, self.dt
        self.U_before = self.U.copy()
        for i in range(self.n_packages):
            if not (self.U[i] > 0).any():
                continue
            rate = np.where(self.t_int[i] < NEVER, a.d_int, a.d0 + a.d_attn * self.T_alpha * self.T_J)
            alive = ~(self.accepted[i] | self.dropped[i])
            found = (self.U[i] - self.fresh[i]) * (1 - np.exp(-rate * dt)) + self.fresh[i] * (1 - np.exp(-rate * dt * 1.5))
            self.UA[i] += self.fresh[i] * dt / 2
            self.returns(i, found, alive)
            self.UA[i] += np.where(alive, self.U[i] * dt, 0)
        self.fresh = np.zeros_like(self.fresh)

    # 8 work

    def questions_and_mismatches(self, i):
        questions, mismatches = np.zeros(len(self.lane)), np.zeros(len(self.lane))
        for k in self.p.packages[i].items:
            is_open = (self.state[k] >= LATENT) & (self.state[k] <= DECIDING)
            if self.p.items[k].kind == QUESTION:
                questions += is_open
            elif self.p.items[k].kind == MISMATCH:
                mismatches += is_open
        return questions, mismatches

    def ready(self, i):
        """Week from which a package can be worked on, NEVER where a predecessor is not done."""
        at = self.blocked[i]
        for pre, lag in self.p.packages[i].predecessors:
            at = np.maximum(at, self.done[pre] + lag)
        return at

    def work(self):
        """capacity = max(0.5, X + (prod_new - mentor) N) calendar (1 - phi) noise dt; packages in the order of the plan, promoted ones first."""
        p, a, dt = self.p, self.a, self.dt
        pace = p.calendar[:, min(self.week, p.horizon), None] * (1 - self.phi) * self.noise[:, self.week]
        pace *= 1 + p.contrary.optimism_helps * self.optimism
        able = np.maximum(0.5, self.X + (a.prod_new - a.mentor) * self.newcomers)
        self.pace = pace * able / np.maximum(0.5, self.X + self.newcomers)
        self.capacity = able * pace * dt
        self.capacity0 = self.capacity.copy()
        self.used, self.repaired = np.zeros_like(self.capacity), np.zeros_like(self.capacity)
        new = self.newcomers / np.maximum(self.X + self.newcomers, 1e-9)
        self.quality = a.q0 * (1 - a.d_press * self.pressure) * (1 - a.d_new * new)
        self.x_from = 1 - self.R / self.R0
        self.x_to = self.x_from.copy()
        self.from_week, self.to_week = np.full_like(self.R, self.t0), np.full_like(self.R, self.t0)
        for i in p.order:
            self.work_on(i, self.promoted[i])
        for i in p.order:
            self.work_on(i, ~self.promoted[i])
        self.work_again()

    def work_again(self):
        """What integration or a finished predecessor brings goes on with what the team has left of the tick."""
        for i in self.p.order:
            if self.again[i].any():
                mask = self.again[i].copy()
                self.again[i] = False
                self.work_on(i, mask)

    def work_on(self, i, mask):
        """A package gets what it can use of what its team has left, rework first."""
        p, a = self.p, self.a
        rt = np.maximum(np.maximum(self.t0, self.ready(i)), self.to_week[i])
        rt = np.where(self.t_int[i] < NEVER, np.maximum(rt, self.t_int[i]), rt)
        mask = mask & ~self.reaches(f"package {i} is ready too late", rt, self.t1, self.to_week[i] < self.t1) & ~self.accepted[i] & ~self.dropped[i]
        if not mask.any():
            return
        rt = np.minimum(rt, self.t1)
        k = p.packages[i]
        first = mask & ~self.reached[i]
        if first.any():
            self.reached[i] |= first
            for c in k.covers:
                if c != i:
                    self.integrate(c, rt, first)
        todo = self.R[i] + self.B[i]
        can = np.minimum(k.most * self.pace[k.team] * (self.t1 - rt), self.capacity[k.team])
        works = mask & self.reaches(f"package {i} has people", can, LEAST, mask & (todo > 0)) & (todo > 0)
        w = np.where(works, np.minimum(can, todo), 0)
        begins = works & ~self.started[i]
        self.tell("started", begins, rt, i)
        self.started[i] |= begins
        repair = np.minimum(w, self.B[i])
        questions, mismatches = self.questions_and_mismatches(i)
        q = np.maximum(a.q_min, self.quality[k.team] * (1 - a.d_dec) ** np.minimum(3, questions) * (1 - a.d_mis) ** np.minimum(2, mismatches))
        self.capacity[k.team] -= w
        self.used[k.team] += w
        self.repaired[k.team] += repair
        self.sum_work += w
        self.sum_rework += repair
        q_questions = np.maximum(a.q_min, self.quality[k.team] * (1 - a.d_mis) ** np.minimum(2, mismatches))
        self.sum_interest_work += w * (q_questions - q)
        x_before = 1 - self.R[i] / self.R0[i]
        self.B[i] -= repair
        self.R[i] -= w - repair
        self.worked[i] += w
        self.U[i] += (1 - q) * w
        self.fresh[i] += (1 - q) * w
        cleared = works & self.reaches(f"package {i} is cleared", can, todo, works)
        self.R[i], self.B[i] = np.where(cleared, 0, self.R[i]), np.where(cleared, 0, self.B[i])
        clear = np.where(works, rt + (self.t1 - rt) * w / np.where(works, can, 1), rt)
        newly = cleared & works
        self.clear[i] = np.where(newly, clear, self.clear[i])
        first = works & (self.to_week[i] <= self.t0)
        self.x_from[i] = np.where(first, x_before, self.x_from[i])
        self.x_to[i] = np.where(works, 1 - self.R[i] / self.R0[i], self.x_to[i])
        self.from_week[i] = np.where(first, rt, self.from_week[i])
        self.to_week[i] = np.where(works, np.where(cleared, clear, self.t1), self.to_week[i])
        if k.integrator == i:
            self.integrate(i, self.clear[i], newly)
        self.done_if_complete(i, newly)

    def done_if_complete(self, i, cleared):
        """Done when first cleared, an integrating package only when all that it covers is accepted or cut. Successors open."""
        k = self.p.packages[i]
        mask, week = cleared & (self.done[i] >= NEVER), self.clear[i]
        for c in k.covers:
            mask = mask & (self.accepted[c] | self.dropped[c])
            week = np.maximum(week, np.where(self.accepted[c], self.t_acc[c], 0))
        if not mask.any():
            return
        self.done[i] = np.where(mask, week, self.done[i])
        self.tell("done", mask, week, i)
        for s in k.successors:
            self.again[s] |= mask

    def integrate(self, i, week, mask):
        """From here on D = eta_int U is known at once, and the rest of the tick finds more at d_int."""
        mask = mask & (self.t_int[i] >= NEVER) & ~self.dropped[i]
        if not mask.any():
            return
        self.t_int[i] = np.where(mask, week, self.t_int[i])
        kept = (1 - self.a.eta_int) * np.exp(-self.a.d_int * (self.t1 - np.where(mask, week, self.t1)))
        self.returns(i, (1 - kept) * self.U[i], mask)
        self.fresh[i] = np.where(mask, 0, self.fresh[i])
        self.again[i] |= mask

    # 9 activation

    def move(self, k, mask, to, week):
        """The one way in which an item changes state; open weeks are counted here."""
        if not mask.any():
            return
        item, was = self.p.items[k], self.state[k].copy()
        opened = mask & ~((was >= LATENT) & (was <= DECIDING))
        ended = mask & (was >= LATENT) & (was <= DECIDING) & ~(LATENT <= to <= DECIDING)
        week = np.broadcast_to(week, self.lane.shape)
        if LATENT <= to <= DECIDING:
            self.t_act[k] = np.where(opened, week, self.t_act[k])
        if item.kind == QUESTION:
            self.sum_question_weeks += np.where(ended, week - self.t_act[k], 0)
        if item.kind == RISK:
            self.sum_exposure += np.where(ended, week - self.t_act[k], 0)
        self.state[k] = np.where(mask, to, was)

    def activation(self):
        """Work uncovers an item when 1 - R/R0 passes its share; the moment is interpolated on the part of the tick that was worked."""
        for k, item in enumerate(self.p.items):
            i = item.package
            wakes = self.state[k] == DORMANT
            wakes &= self.reaches(f"item {k} wakes", self.x_to[i], self.opens[k], self.state[k] == DORMANT) & (self.to_week[i] > self.t0)
            if not wakes.any():
                continue
            part = np.clip((self.opens[k] - self.x_from[i]) / np.maximum(self.x_to[i] - self.x_from[i], 1e-12), 0, 1)
            week = self.from_week[i] + part * (self.to_week[i] - self.from_week[i])
            self.move(k, wakes, LATENT, week)
            self.tell("activated", wakes, week, k)
            if item.kind == RISK:
                self.sum_risks_active += wakes
            if item.kind == QUESTION:
                self.sum_questions_opened += wakes

    # 10 realisation

    def log_growth(self, k, week, effect=1.0):
        """ln G(age), G = min(gcap, exp(growth age))."""
        return np.minimum(effect * self.p.items[k].growth * np.maximum(0, week - self.t_act[k]), math.log(self.a.gcap))

    def impact_now(self, k, week):
        return self.impact[k] * self.factor[k] * np.exp(self.log_growth(k, week, 1 - self.p.contrary.no_delay_effect))

    def window_end(self, k):
        """An item acts in a tick only until its package's integration."""
        return np.minimum(self.t_int[self.p.items[k].package], self.t1)

    def add_rework(self, i, pw):
        """Nothing returns to what is accepted or cut."""
        self.B[i] += np.where(self.accepted[i] | self.dropped[i], 0, pw)

    def strike(self, k, mask, week):
        """A risk strikes: B += I G(age), the package stands still, direct successors B += xi_dep W."""
        if not mask.any():
            return
        p, a, item, i = self.p, self.a, self.p.items[k], self.p.items[k].package
        self.tell("realised", mask, week, k, x=self.impact_now(k, week), y=(1 - self.p.contrary.no_delay_effect) * self.delay[k])
        unseen = mask & (self.state[k] == LATENT)
        self.add_rework(i, np.where(mask, self.impact_now(k, week), 0))
        self.blocked[i] = np.where(mask, np.maximum(self.blocked[i], week + (1 - self.p.contrary.no_delay_effect) * self.delay[k]), self.blocked[i])
        for s in p.packages[i].successors:
            self.add_rework(s, np.where(mask, (1 - self.p.contrary.no_delay_effect) * a.xi_dep * self.worked[s], 0))
        self.sum_risks_realised += mask
        self.sum_lead += np.where(mask & ~unseen, np.maximum(0, week - self.t_det[k]), 0)
        surprised = {"people": np.zeros_like(self.is_seat), "market": self.is_seat & ~self.is_delivery}.get(item.category, self.is_delivery)
        self.trust = np.where(unseen & surprised & self.present, self.trust * (1 - a.t_surp), self.trust)
        self.move(k, mask, REALISED, week)

    def realisation(self):
        """Strikes when the integral of real_h since it became active reaches x."""
        a = self.a
        for k, item in enumerate(self.p.items):
            if item.kind != RISK:
                continue
            is_open = (self.state[k] >= LATENT) & (self.state[k] <= DECIDING)
            if not is_open.any():
                continue
            end = self.window_end(k)
            weeks = np.maximum(0, end - np.maximum(self.t_act[k], self.t0))
            self.H_real[k] += np.where(is_open, a.real_h * weeks, 0)
            over = self.H_real[k] - self.E_real[k]
            strikes = is_open & self.reaches(f"item {k} strikes", over, 0, is_open & (weeks > 0)) & (weeks > 0)
            self.strike(k, strikes, end - over / a.real_h)

    # 11 closing

    def closing(self):
        """At the team's altitude: chi0 (1 - phi) + chi_seat alpha T E of the role that owns it."""
        a = self.a
        for k, item in enumerate(self.p.items):
            if item.altitude != TEAM:
                continue
            mine = (self.state[k] == HELD) | ((self.state[k] == LATENT) if item.kind == QUESTION else False)
            if not mine.any():
                continue
            r = "P" if item.product else "T"
            seat = a.chi_seat * getattr(self, r + "_alpha") * getattr(self, r + "_T") * getattr(self, r + "_E")
            rate = a.chi0 * (1 - self.phi[item.team]) + seat
            end = self.window_end(k)
            weeks = np.maximum(0, end - np.maximum(self.t_act[k], self.t0))
            self.H_loc[k] += np.where(mine, rate * weeks, 0)
            over = self.H_loc[k] - self.E_loc[k]
            closes = mine & self.reaches(f"item {k} is closed by the team", over, 0, mine & (weeks > 0)) & (weeks > 0)
            if not closes.any():
                continue
            week = end - over / rate
            own = self.is_delivery if not item.product else self.is_seat & ~self.is_delivery
            self.trust = np.where(closes & own & self.present, self.trust + a.t_small * seat / rate * (1 - self.trust), self.trust)
            if item.kind == RISK:
                self.resolve_risk(k, closes, week)
            else:
                em = self.p.teams[item.team].em_J
                self.answer(k, closes, week, em + seat / rate * (getattr(self, r + "_J") - em))

    def resolve_risk(self, k, mask, week):
        """B += rho_mit I G; with a mitigation that was bought its residual probability and impact stay instead."""
        item = self.p.items[k]
        mitigated = mask & self.surfaced[k] & item.buys
        plain, stays = mask & ~mitigated, mitigated & (self.score[k] < getattr(item, "residual", 0))
        gone = mask & ~stays
        price = np.where(plain, (self.a.rho_mit + self.p.contrary.no_delay_effect * (1 - self.a.rho_mit)) * self.impact_now(k, week), 0)
        self.tell("resolved", gone, week, k, x=price)
        self.tell("residual", stays, week, k)
        self.add_rework(item.package, price)
        self.factor[k] = np.where(stays, item.factor, self.factor[k])
        self.settled[k] |= stays
        self.E_loc[k] = np.where(stays, NEVER, self.E_loc[k])
        self.move(k, stays, HELD, week)
        self.move(k, gone, CLOSED, week)

    def carrier(self, k):
        """Judgment and empowerment of whoever carries the item, and whether it is a seat: the EM where the seat is empty."""
        team = self.p.teams[self.p.items[k].team]
        J, E = np.full(len(self.lane), team.em_J), np.full(len(self.lane), team.em_E)
        by_seat = np.zeros(len(self.lane), bool)
        for q in range(self.n_seats):
            mine = (self.observer[k] == BY_SEAT + q) & self.present[q]
            J, E = np.where(mine, self.seat_J[q], J), np.where(mine, self.seat_E[q], E)
            by_seat |= mine
        return J, E, by_seat

    def answer(self, k, mask, week, J):
        """Right when u < p_r0 + p_r1 J; a wrong answer comes back after tau_reop x."""
        a, item = self.a, self.p.items[k]
        bits = self.item_draw(mask, k, D_DECISION, self.episode[k])
        u = np.zeros(len(self.lane))
        u[mask] = uniform(bits[0])
        right = mask & ~self.reaches(f"question {k} is answered wrongly", u, a.p_r0 + a.p_r1 * J, mask)
        wrong = mask & ~right
        self.sum_questions_closed += mask
        again = np.zeros(len(self.lane))
        again[mask] = exponential(bits[1])
        self.timer[k] = np.where(wrong, week + a.tau_reop * again, self.timer[k])
        self.tell("answered_right", right, week, k)
        self.tell("answered_wrong", wrong, week, k)
        self.move(k, right, CLOSED, week)
        self.move(k, wrong, WRONG, week)

    # 12 detection

    def detection(self):
        """b_k [v_team (1 - phi) + w_EM f + w_P alpha_P + w_T alpha_T]; one uniform against the shares says who it was."""
        a = self.a
        for k, item in enumerate(self.p.items):
            latent = self.state[k] == LATENT
            if not latent.any():
                continue
            shares = np.array([item.w_team * (1 - self.phi[item.team]), item.w_em * self.vigilance[item.team],
                               item.w_P * self.P_alpha, item.w_T * self.T_alpha])
            rate = item.base * shares.sum(0)
            end = self.window_end(k)
            weeks = np.maximum(0, end - np.maximum(self.t_act[k], self.t0))
            self.H_det[k] += np.where(latent, rate * weeks, 0)
            over = self.H_det[k] - self.E_det[k]
            noticed = latent & self.reaches(f"item {k} is noticed", over, 0, latent & (weeks > 0)) & (weeks > 0)
            if not noticed.any():
                continue
            week = end - over / rate
            u = np.zeros(len(self.lane))
            u[noticed] = uniform(self.item_draw(noticed, k, D_EPISODE, self.episode[k])[0])
            self.observer[k] = np.where(noticed, self.who(u, shares), self.observer[k])
            self.t_det[k] = np.where(noticed, week, self.t_det[k])
            self.timer[k] = np.where(noticed, week, self.timer[k])
            self.tell("detected", noticed, week, k)
            self.move(k, noticed, HELD, week)

    def who(self, u, shares):
        """One uniform against the shares: engineers, EM, then product seats and delivery seats by g J."""
        at = u * shares.sum(0)
        who = np.where(self.reaches("not noticed by the team", at, shares[0], u > 0), BY_EM, BY_TEAM)
        found = ~self.reaches("not noticed by the EM", at, shares[0] + shares[1], u > 0)
        at = at - shares[0] - shares[1]
        for share, weight, mine in ((shares[2], self.P_weight, ~self.is_delivery & self.is_seat), (shares[3], self.T_weight, self.is_delivery)):
            for q in range(self.n_seats):
                part = share * mine[q] * self.g[q] * self.seat_J[q] / np.maximum(weight, 1e-12)
                here = ~found & (part > 0)
                who = np.where(here, BY_SEAT + q, who)
                found |= here & ~self.reaches(f"not noticed by seat {q}", at, part, here)
                at = at - here * part
        return who

    # 13 judgment

    def judgment(self):
        """Surfaces when ln S + ln G + sigma(J) z > ln theta and u > mum (1 - E)(1 - safety); looked at when noticed and every tau_rev."""
        a = self.a
        for k, item in enumerate(self.p.items):
            end = self.window_end(k)
            looks = (self.state[k] == HELD) & ~self.settled[k]
            looks &= ~self.reaches(f"item {k} is looked at later", self.timer[k], end, looks)
            if not looks.any():
                continue
            week, above = self.timer[k].copy(), item.altitude > TEAM
            J, E, by_seat = self.carrier(k)
            bits = np.zeros((4, len(self.lane)), np.uint64)
            bits[:, looks] = self.item_draw(looks, k, D_LOOK, self.looks[k])
            sigma = a.sig_max * (1 - J) + a.sig_min * J
            z, u, u_direct, x = np.zeros(len(J)), uniform(bits[1]), uniform(bits[2]), exponential(bits[3])
            z[looks] = normal(bits[0][looks])
            loud = looks & self.reaches(f"item {k} looks serious", self.ln_S[k] + self.log_growth(k, week) + sigma * z, math.log(a.theta), looks)
            speaks = loud & self.reaches(f"item {k} is said", u, a.mum * (1 - E) * (1 - a.safety), loud)
            self.count_look(k, looks & (self.looks[k] == 0), loud, speaks, above)
            self.looks[k] += looks
            self.timer[k] = np.where(looks & ~speaks, week + a.tau_rev, self.timer[k])
            self.tell("held_unseen", looks & ~loud, week, k, x=self.looks[k])
            self.tell("held_unsaid", loud & ~speaks, week, k, x=self.looks[k])
            if not speaks.any():
                continue
            first = speaks & ~self.surfaced[k]
            if item.kind == RISK:
                self.sum_surfaced += first
            self.surfaced[k] |= speaks
            if item.buys:
                self.tell("mitigated", first, week, k, x=item.cost)
                self.spend(first, item.cost)
            direct = speaks & by_seat & ~self.reaches(f"item {k} goes through the chain", u_direct, E, speaks & by_seat)
            T = self.trust_of(k)
            wait = a.tau_dir * x / (a.tdir_floor + (1 - a.tdir_floor) * T)
            chain = speaks & ~direct
            if above:
                self.timer[k] = np.where(direct, week + wait, self.timer[k])
                self.move(k, direct, DECIDING, week)
                self.trust_moves(k, direct, a.t_hit)
                self.tell("direct", direct, week, k, x=self.timer[k])
            else:
                self.false_alarm(k, direct, week)
            self.timer[k] = np.where(chain, week + a.tau_prep * x, self.timer[k])
            self.level[k] = np.where(chain, 1, self.level[k])
            self.move(k, chain, PREPARING, week)
            self.tell("surfaced", chain, week, k, x=self.timer[k])

    def count_look(self, k, first, loud, speaks, above):
        """Hits, misses, false alarms, correct holds, perceived above and team, by kind of observer."""
        if not first.any():
            return
        row = np.minimum(self.observer[k], 2)
        lanes = np.arange(len(self.lane))
        seat = np.clip(self.observer[k] - BY_SEAT, 0, self.n_seats - 1)
        row = np.where((row == 2) & self.is_delivery[seat, lanes], 3, row)
        for o in range(4):
            mine = first & (row == o)
            said = mine & speaks
            self.looked[o, 0 if above else 2] += said
            self.looked[o, 1 if above else 3] += mine & ~speaks
            self.looked[o, 4 if above else 5] += mine & loud

    def trust_of(self, k):
        T = np.zeros(len(self.lane))
        for q in range(self.n_seats):
            T = np.where(self.observer[k] == BY_SEAT + q, self.trust[q], T)
        return T

    def trust_moves(self, k, mask, gain):
        for q in range(self.n_seats):
            mine = mask & (self.observer[k] == BY_SEAT + q) & self.present[q]
            if mine.any():
                self.trust[q] = np.where(mine, self.trust[q] + (gain * (1 - self.trust[q]) if gain > 0 else gain * self.trust[q]), self.trust[q])

    def false_alarm(self, k, mask, week, f=0):
        """An item of the team's altitude took a slot or a decider: trust falls, and it goes back to the team for good."""
        if not mask.any():
            return
        self.sum_false_alarms += mask
        self.trust_moves(k, mask, -self.a.t_fa)
        self.settled[k] |= mask
        self.move(k, mask, HELD, week)
        self.tell("false_alarm", mask, week, k, x=f)

    # 14 escalation

    def escalation(self):
        """Queues, then meeting by meeting: a forum may meet more than once in a tick."""
        a, forums = self.a, self.p.forums
        self.queue()
        while True:
            met = [~self.reaches(f"forum {f + 1} meets later", self.meeting[f], self.t1) for f in range(2)]
            if not (met[0] | met[1]).any():
                return
            for f, forum in enumerate(forums):
                slots = max(a.forum_min, forum.slots - forum.background)
                self.served[f] = np.where(met[f], np.minimum(self.arrived[f], self.served[f] + slots), self.served[f])
            for k in range(self.n_items):
                queued = self.state[k] == QUEUED
                if not queued.any():
                    continue
                for f in range(2):
                    heard = queued & met[f] & (self.level[k] == f + 1)
                    heard &= self.reaches(f"item {k} has its turn", self.served[f] + TIE - self.ticket[k], 0, heard)
                    heard &= ~self.reaches(f"item {k} is integrated before", self.meeting[f], self.window_end(k), heard)
                    queued = queued & ~heard
                    if heard.any():
                        self.hear(k, f, heard, self.meeting[f].copy())
            for f, forum in enumerate(forums):
                self.meetings[f] += met[f]
                self.meeting[f] = (self.phase[f] + self.meetings[f]) * forum.cadence
            self.queue()

    def queue(self):
        """What is prepared before the next meeting takes a ticket, in the order of the tables."""
        for k in range(self.n_items):
            prepared = self.state[k] == PREPARING
            prepared &= ~self.reaches(f"item {k} is prepared later", self.timer[k], self.window_end(k), prepared)
            if not prepared.any():
                continue
            for f in range(2):
                joins = prepared & (self.level[k] == f + 1)
                joins &= ~self.reaches(f"item {k} misses the meeting", self.timer[k] - (self.meeting[f] - TIE), 0, joins)
                self.arrived[f] += joins
                self.ticket[k] = np.where(joins, self.arrived[f], self.ticket[k])
                self.tell("queued", joins, self.timer[k], k, x=f + 1, y=self.ticket[k] - self.served[f] - 1)
                self.move(k, joins, QUEUED, self.timer[k])

    def hear(self, k, f, heard, meeting):
        """A slot: false alarm, unprepared, softened, passed up, or decided after tau_dec x."""
        p, a, item = self.p, self.a, self.p.items[k]
        forum = p.forums[f]
        bits = np.zeros((4, len(self.lane)), np.uint64)
        bits[:, heard] = self.item_draw(heard, k, D_SERVICE, self.services[k])
        self.services[k] += heard
        hours = forum.attendees * forum.hours
        self.sum_forum_hours += heard * hours
        self.spend(heard, hours * p.forum_hour)
        x = exponential(bits[2])
        if item.altitude == TEAM:
            self.false_alarm(k, heard, meeting, f + 1)
            return
        unprepared = heard & ~self.reaches(f"item {k} comes prepared", uniform(bits[0]), a.p_unp * np.exp(-a.k_unp * self.prepared), heard)
        softened = heard & ~unprepared
        softened &= ~self.reaches(f"item {k} is not softened", uniform(bits[1]), a.p_gw * (1 - a.psi * self.T_alpha * self.T_E), softened)
        onward = heard & ~unprepared & ~softened
        higher, decided = onward & (item.path > f + 1), onward & (item.path <= f + 1)
        self.timer[k] = np.where(unprepared, meeting + a.tau_prep * x, self.timer[k])
        self.timer[k] = np.where(softened, meeting + a.tau_retry, self.timer[k])
        self.timer[k] = np.where(higher, meeting, self.timer[k])
        self.timer[k] = np.where(decided, meeting + a.tau_dec * x, self.timer[k])
        self.level[k] = np.where(higher, f + 2, self.level[k])
        self.tell("unprepared", unprepared, meeting, k, x=f + 1, y=self.timer[k])
        self.tell("softened", softened, meeting, k, x=f + 1, y=self.timer[k])
        self.tell("raised", higher, meeting, k, x=f + 1)
        self.tell("heard", decided, meeting, k, x=f + 1, y=self.timer[k])
        self.move(k, unprepared | softened | higher, PREPARING, meeting)
        self.move(k, decided, DECIDING, meeting)
        self.trust_moves(k, decided, a.t_hit)

    # 15 decision

    def decision(self):
        """What was heard is decided, with the judgment of whoever carries it."""
        a = self.a
        for k, item in enumerate(self.p.items):
            end = self.window_end(k)
            due = self.state[k] == DECIDING
            due &= ~self.reaches(f"item {k} is decided later", self.timer[k], end, due)
            if due.any():
                week = self.timer[k].copy()
                J, _, by_seat = self.carrier(k)
                self.sum_decided += due
                self.sum_latency += np.where(due, week - self.t_det[k], 0)
                if item.kind == RISK:
                    self.resolve_risk(k, due, week)
                elif item.kind == QUESTION:
                    self.trust_moves(k, due & by_seat, a.t_close)
                    self.answer(k, due, week, J)
                else:
                    self.trust_moves(k, due & by_seat, a.t_close)
                    self.move(k, due, CLOSED, week)
                    self.tell("resolved", due, week, k)
            if item.kind == QUESTION:
                self.reopen(k)

    def reopen(self, k):
        """A wrong answer comes back with B += zeta W, at most twice, never after its package is done or integrated."""
        a, item, i = self.a, self.p.items[k], self.p.items[k].package
        due = self.state[k] == WRONG
        due &= ~self.reaches(f"question {k} comes back later", self.timer[k], self.t1, due)
        if not due.any():
            return
        over = (self.reaches(f"question {k} is integrated", self.timer[k], self.t_int[i], due)
                | self.reaches(f"question {k} is done with", self.timer[k], self.done[i], due) | self.dropped[i])
        late = due & (over | (self.episode[k] >= 2))
        again = due & ~late
        self.move(k, late, CLOSED, self.timer[k])
        if not again.any():
            return
        self.tell("reopened", again, self.timer[k], k, x=a.zeta * self.worked[i])
        self.episode[k] += again
        broken = np.where(again, a.zeta * self.worked[i], 0)
        self.sum_interest_work += broken
        self.add_rework(i, broken)
        bits = self.item_draw(again, k, D_EPISODE, self.episode[k])
        self.E_det[k, again], self.E_loc[k, again] = exponential(bits[1]), exponential(bits[2])
        self.H_det[k], self.H_loc[k] = np.where(again, 0, self.H_det[k]), np.where(again, 0, self.H_loc[k])
        self.sum_questions_opened += again
        self.move(k, again, LATENT, self.timer[k])

    # 16 integration

    def integration(self):
        """What is still open at integration strikes, decides itself, or breaks xi_mis W."""
        a = self.a
        here_of = (self.t_int <= self.t1) & ~self.integrated & ~self.dropped
        for k in [k for package in self.p.packages for k in package.items]:
            item, i = self.p.items[k], self.p.items[k].package
            here = here_of[i]
            if not here.any():
                continue
            if item.kind == RISK:
                resolved = here & (self.state[k] == CLOSED)
                self.sum_lead += np.where(resolved, np.maximum(0, self.t_int[i] - self.t_det[k]), 0)
                self.sum_surfaced_early += here & self.surfaced[k]
            is_open = (self.state[k] >= LATENT) & (self.state[k] <= DECIDING) & here
            if not is_open.any():
                continue
            week = self.t_int[i]
            if item.kind == RISK:
                self.strike(k, is_open, week)
                continue
            if item.kind == QUESTION:
                u = np.zeros(len(self.lane))
                u[is_open] = uniform(self.item_draw(is_open, k, D_DECISION, self.episode[k])[2])
                broken = np.where(is_open & (u >= a.p_default), a.zeta * self.worked[i], 0)
                self.tell("defaulted_right", is_open & (u < a.p_default), week, k)
                self.tell("defaulted_wrong", is_open & (u >= a.p_default), week, k, x=broken)
                self.sum_interest_work += broken
            else:
                broken = np.where(is_open, (1 - self.p.contrary.no_delay_effect) * a.xi_mis * self.worked[i], 0)
                self.tell("revealed", is_open, week, k, x=broken)
            self.add_rework(i, broken)
            self.move(k, is_open, CLOSED, week)
        for i in range(self.n_packages):
            self.tell("integrated", here_of[i], self.t_int[i], i)
        self.integrated |= here_of

    # 17 acceptance

    def acceptance(self):
        """Integrated, R = B = 0 and U <= u_tol R0; the moment is the last of clearing, integration and U's crossing."""
        a, dt = self.a, self.dt
        for i in range(self.n_packages):
            tolerated = a.u_tol * self.R0[i]
            ok = self.integrated[i] & (self.R[i] + self.B[i] <= 0) & ~self.accepted[i] & ~self.dropped[i]
            ok &= self.reaches(f"package {i} is good enough", tolerated, self.U[i], ok)
            if not ok.any():
                continue
            before, now = self.U_before[i], np.maximum(self.U[i], 1e-12)
            fell = ok & (before > tolerated) & (before > now)
            crossing = self.t0 + dt * np.log(np.where(fell, before / tolerated, 1)) / np.log(np.where(fell, before / now, 2))
            week = np.maximum(np.maximum(self.clear[i], self.t_int[i]), np.where(fell, crossing, 0))
            self.accepted[i] |= ok
            self.t_acc[i] = np.where(ok, week, self.t_acc[i])
            self.U[i] = np.where(fell, tolerated, self.U[i])
            self.tell("accepted", ok, week, i)
        for i, k in enumerate(self.p.packages):
            if k.covers:
                self.done_if_complete(i, self.started[i] & (self.R[i] + self.B[i] <= 0) & ~self.dropped[i])

    # 18 trust, 19 turnover, 20 rigour, 21 ending, 22 money

    def trust_fades(self):
        a = self.a
        self.trust = np.where(self.present, self.trust + (a.T0 - self.trust) * (1 - math.exp(-a.t_forget * self.dt)), self.trust)

    def next_leaver(self, j, mask):
        self.E_team[j, mask] += exponential(self.draw(mask, S_ENGINEER, j, self.leavers[j])[0])

    def turnover(self):
        """The n-th engineer leaves when Lambda passes the sum of n exponentials; vacancy -> newcomer -> experienced."""
        p, a, dt = self.p, self.a, self.dt
        for j in range(self.n_teams):
            heads = self.X[j] + self.newcomers[j]
            questions = np.zeros(len(self.lane))
            for k, item in enumerate(p.items):
                if item.kind == QUESTION and item.team == j:
                    questions += (self.state[k] >= LATENT) & (self.state[k] <= DECIDING)
            share = self.repaired[j] / np.maximum(self.capacity0[j], 1e-9)
            self.fire[j] += (share - self.fire[j]) * (1 - math.exp(-dt / a.fire_tau))
            self.Lambda[j] += a.lam / 52 * heads * (1 + a.k_press * self.pressure + a.k_fire * self.fire[j]
                                                    + a.k_open * np.minimum(1, questions / 3)) * dt
            leaves = self.reaches(f"an engineer of team {j} leaves", self.Lambda[j], self.E_team[j])
            self.sum_engineer_weeks += heads * dt
            hired, grown = self.vacant[j] * (1 - math.exp(-dt / a.tau_hire)), self.newcomers[j] * (1 - math.exp(-dt / a.tau_new))
            self.vacant[j] -= hired
            self.newcomers[j] += hired - grown
            self.X[j] += grown
            heads = self.X[j] + self.newcomers[j]
            if leaves.any():
                part = np.where(leaves, np.minimum(1, 1 / np.maximum(heads, 1e-9)), 0)
                self.X[j] -= self.X[j] * part
                self.newcomers[j] -= self.newcomers[j] * part
                self.vacant[j] += leaves
                self.leavers[j] += leaves
                self.next_leaver(j, leaves)
                self.sum_engineers_left += leaves
                self.spend(leaves, (a.repl + p.hiring_weeks) * p.c_eng)
                self.tell("engineer_left", leaves, self.t1, j)
                for i, k in enumerate(p.packages):
                    if k.team == j:
                        forgets = leaves & self.started[i] & ~self.accepted[i] & ~self.dropped[i] & (self.R[i] + self.B[i] > 0)
                        self.U[i] += np.where(forgets, a.k_loss * self.worked[i] / np.maximum(heads, 1e-9), 0)

    def rigour(self):
        """dK = seat time (1 - K) / tau_rigour dt - K / tau_fade dt."""
        a = self.a
        self.K = self.K + (self.delivery_time * (1 - self.K) / a.tau_rigour - self.K / a.tau_fade) * self.dt

    def ending(self):
        """Finished when all kept packages are accepted; the finish is the last acceptance."""
        over = (self.accepted | self.dropped).all(0)
        self.finished = over
        self.finish = np.where(over, np.where(self.accepted, self.t_acc, 0).max(0), self.finish)
        self.stop = np.where(over, self.finish, self.stop)

    def money(self):
        """The tick's burn, the arm's own money in it, seats while somebody sits there, penalties past their week."""
        p, dt = self.p, self.dt
        weeks = np.where(self.finished, np.clip(self.finish - self.t0, 0, dt), dt)
        for j, team in enumerate(p.teams):
            self.spend(True, ((self.X[j] + self.newcomers[j]) * p.c_eng + team.em_cost) * weeks)
        pay = (self.present * self.seat_cost).sum(0) * weeks
        self.sum_seat_cost += pay
        self.sum_seat_cost_pv += pay * self.discount
        self.sum_delivery_seat_weeks += (self.present * self.is_delivery * self.fte).sum(0) * weeks * self.discount
        engineers = np.array([[t.engineers] for t in p.teams])
        arm = ((self.X + self.newcomers) * self.extra / (engineers + self.extra)).sum(0) * p.c_eng + self.extra_cost
        self.spend(True, self.extra_cost * weeks)
        self.sum_arm_cost += arm * weeks
        for i, k in enumerate(p.packages):
            if k.penalty > 0:
                end = self.t0 + weeks
                late = np.maximum(0, np.where(self.accepted[i], np.minimum(self.t_acc[i], end), end) - max(self.t0, k.due))
                self.sum_penalties += late * k.penalty
                self.sum_penalties_pv += late * k.penalty * self.discount

    def week_eight(self):
        """Leading indicators."""
        lead, known = np.zeros(len(self.lane)), np.zeros(len(self.lane))
        for k, item in enumerate(self.p.items):
            if item.kind == RISK:
                mine = (self.state[k] >= HELD) & (self.state[k] <= DECIDING)
                lead += np.where(mine, self.t0 - self.t_det[k], 0)
                known += mine
        self.sum_lead_week8 = lead / np.maximum(known, 1)
        self.sum_closure_week8 = self.sum_questions_closed / np.maximum(self.sum_questions_opened, 1)
        self.sum_false_alarms_week8 = self.sum_false_alarms.copy()

    # ---- what a life amounts to

    def outcome(self, ended):
        """The row of outcomes.csv of the lives that end now."""
        p, a = self.p, self.a
        own = {name: value[..., ended] for name, value in vars(self).items()
               if isinstance(value, np.ndarray) and value.ndim and value.shape[-1] == len(self.lane)}
        s = Thing(**own)
        n = int(ended.sum())
        completed, cancelled = s.finished, s.cancelled
        finish = np.where(completed, s.finish, p.horizon)
        content = np.maximum((s.R0 * ~s.dropped).sum(0), 1e-9)
        escaped = (s.U * s.accepted).sum(0) / content
        ratio = lambda x, y: x / np.maximum(y, 1e-12)
        per_lane = {}
        m = per_lane
        m["finish_week"], m["slip"] = finish, finish / p.D0 - 1
        m["on_time"] = completed & (finish <= p.D0)
        value = np.zeros(n)
        for g, f in enumerate(p.features):
            launch = np.zeros(n) if p.incremental else np.where(completed, finish, NEVER)
            for i in f.packages:
                launch = np.maximum(launch, np.where(s.accepted[i], s.t_acc[i], NEVER))
            earns = ~s.feature_dropped[g] & (launch < p.value_horizon)
            value += np.where(earns, s.value[g] * p.annuity(np.where(earns, launch, 0)), 0)
        value += np.where(completed, (s.request_value * s.accepted).sum(0) * p.annuity(finish), 0)
        m["value_k"] = value * (1 - a.escape_cost * np.minimum(1, a.escape_slope * escaped))
        for i, k in enumerate(p.packages):
            if k.penalty > 0:
                since = np.maximum(k.due, s.stop)
                weeks = np.where(s.accepted[i], 0, np.maximum(0, p.value_horizon - since))
                s.sum_penalties += weeks * k.penalty
                s.sum_penalties_pv += k.penalty * np.exp(-p.r * since) * -np.expm1(-p.r * weeks) / p.r
        m["cost_without_seats_k"], m["seat_cost_k"] = s.sum_cost + s.sum_penalties, s.sum_seat_cost
        m["cost_k"] = s.sum_cost + s.sum_penalties + s.sum_seat_cost
        m["npv_k"] = m["value_k"] - s.sum_cost_pv - s.sum_seat_cost_pv - s.sum_penalties_pv
        m["cancelled"], m["censored"], m["escaped_share"] = cancelled, ~completed & ~cancelled, escaped
        m["risks_existing"], m["risks_realised"] = s.sum_risks_active, s.sum_risks_realised
        m["surfaced_before_integration"] = ratio(s.sum_surfaced_early, s.sum_risks_active)
        exposure = s.sum_exposure.copy()
        for k, item in enumerate(p.items):
            is_open = (s.state[k] >= LATENT) & (s.state[k] <= DECIDING)
            if item.kind == RISK:
                exposure += np.where(is_open, s.stop - s.t_act[k], 0)
            if item.kind == QUESTION:
                s.sum_question_weeks += np.where(is_open, s.stop - s.t_act[k], 0)
        m["surfaced_per_exposure_week"] = ratio(s.sum_surfaced, exposure)
        m["detection_lead_weeks"] = ratio(s.sum_lead, s.sum_risks_active)
        m["escalation_latency_weeks"] = ratio(s.sum_latency, s.sum_decided)
        inverse = np.vectorize(NormalDist().inv_cdf)
        for name, counts in [("", s.looked.sum(0))] + [("_" + o, s.looked[r]) for r, o in enumerate(("team", "em", "pm", "delivery"))]:
            hit, miss, alarm, hold, loud_above, loud_team = counts
            m["escalation_precision" + name] = (hit + 0.5) / (hit + alarm + 1)
            m["escalation_recall" + name] = (hit + 0.5) / (hit + miss + 1)
            m["escalation_dprime" + name] = inverse((loud_above + 0.5) / (hit + miss + 1)) - inverse((loud_team + 0.5) / (alarm + hold + 1))
            if name:
                for word, x in zip(("hits", "misses", "first_false_alarms", "correct_holds", "perceived_above", "perceived_team"), counts):
                    m[word + name] = x
        m["false_alarms"] = s.sum_false_alarms
        m["decision_closure_rate"] = ratio(s.sum_questions_closed, s.sum_questions_opened)
        m["decision_weeks"] = ratio(s.sum_question_weeks, s.sum_questions_opened)
        m["decision_debt_weeks"], m["decision_debt_interest_k"] = s.sum_question_weeks, s.sum_interest_work * p.c_eng
        m["coordination_absorbed_h"], m["coordination_em_h"] = s.sum_absorbed, s.sum_em_h
        m["coordination_engineers_h"], m["coordination_pm_h"] = s.sum_engineers_h, s.sum_pm_h
        m["focus_loss"], m["rework_share"] = ratio(s.sum_focus, s.sum_active_weeks), ratio(s.sum_rework, s.sum_work)
        m["watermelon_weeks"] = s.sum_watermelon
        m["gap_unknown_weeks"], m["gap_silent_weeks"] = ratio(s.sum_gap_unknown, s.sum_reports), ratio(s.sum_gap_silent, s.sum_reports)
        m["reports_biased_share"] = ratio(s.sum_biased, s.sum_team_reports)
        m["engineers_left"], m["engineer_attrition_per_year"] = s.sum_engineers_left, ratio(s.sum_engineers_left, s.sum_engineer_weeks / 52)
        m["seats_left"], m["seat_vacant_weeks"], m["wrong_hires"] = s.sum_seats_left, s.sum_vacant_weeks, s.sum_wrong_hires
        lead_delivery = (s.is_delivery & (s.fte > 0)).any(0)
        m["trust_end"] = np.where(lead_delivery, s.T_T, s.P_T)
        m["features_dropped"], m["requests_accepted"], m["forum_hours"] = s.sum_features_dropped, s.sum_requests, s.sum_forum_hours
        m["penalties_k"] = s.sum_penalties
        m["closure_rate_week8"], m["detection_lead_week8"] = s.sum_closure_week8, s.sum_lead_week8
        m["false_alarms_week8"], m["delivery_seat_weeks"] = s.sum_false_alarms_week8, s.sum_delivery_seat_weeks
        for name, x in per_lane.items():
            for lane, v in zip(s.lane, np.asarray(x, float)):
                self.outcomes.setdefault(int(lane), {})[name] = float(v)


CONTRARIES = "no_delay_effect", "off_critical_hurts", "optimism_helps"   # what the manifest of a run says of --contrary

LEDGER = ("cost cost_pv arm_cost seat_cost seat_cost_pv delivery_seat_weeks penalties penalties_pv forum_hours interest_work "
          "absorbed em_h engineers_h pm_h focus active_weeks work rework watermelon gap_unknown gap_silent reports team_reports "
          "biased engineers_left engineer_weeks seats_left vacant_weeks wrong_hires risks_active surfaced surfaced_early "
          "risks_realised exposure lead decided latency false_alarms questions_opened questions_closed question_weeks "
          "features_dropped requests closure_week8 lead_week8 false_alarms_week8").split()


def read_registry(run_folder):
    return {r["parameter"]: float(r["value"]) for r in table(run_folder, "assumptions")}

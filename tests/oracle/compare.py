"""compare.py: the program against the oracle, world by world

    python3 tests/oracle/compare.py ORGSIM SCENARIO... [-n WORLDS] [--arms a,b|all] [--seed N] [--contrary NAME] [--least SHARE] [--trace MOST]

Runs `orgsim run SCENARIO`, lives the same worlds by oracle.py and prints a table of agreement. A life (one world under one arm) agrees when every
column of outcomes.csv is within 1e-4 of the oracle's, relative to the larger of the two. Where a metric is a difference of larger numbers, what it is
a difference of counts instead: at least one unit of what is measured in weeks, hours, k or d'; 0.01 of shares and rates; 1 of the slip; of net value
the larger of value and cost; of penalties the largest of a week. (The program computes in single precision: a week late in a program has five digits
behind the point.)

A life that does not agree is lived again by both, and their events are laid side by side (`orgsim explain --json`): the first one that differs is
named. Then the oracle lives it again with one of its close calls turned over, the closest first, until the life agrees: that is the branch that
rounding flipped, and its margin is told. Where one is not enough, the one that puts the first difference off longest is kept and the next one looked
for. (A branch that is turned over is not quite one that fell the other way: the numbers around it stay. So a chain of them may not be followed to
its end.)

Exit 0 when at least SHARE (0.99) of the lives agree and the first branch of all others is found, with a margin below 1e-4; 1 otherwise; 77 without
numpy.
"""
import argparse
import csv
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
except ImportError:
    print("skipped: this python3 has no numpy; Debian's package is python3-numpy")
    sys.exit(77)
import oracle

TOLERANCE = 1e-4
DIFFERENCES = {"week", "weeks", "hours", "k"}      # units of metrics that may be small differences of large numbers
UNTOLD = {"finished", "censored", "forgotten", "stayed_wrong"}   # events that the oracle does not tell
TURNS, TRIES = 4, 40                               # branches that are turned over at most, and how many are tried for each
EVENT_WEEKS = 1e-3                                 # the same event, if it is that near


def run(program, scenario, options, folder):
    command = [program, "run", scenario, "-n", str(options.worlds), "--arms", options.arms, "-s", str(options.seed), "-o", folder,
               "--no-figures", "--no-progress", "--quiet", *[word for c in options.contrary for word in ("--contrary", c)]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def read_run(folder):
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    with open(os.path.join(folder, "outcomes.csv"), encoding="utf-8", newline="") as file:
        outcomes = {(int(r["world"]), r["arm"]): r for r in csv.DictReader(file)}
    units = {r["metric"]: r["unit"] for r in oracle.table(folder, "summary")}
    places = {}
    for arm in manifest["arms"]:                   # where the program put extra engineers: chosen on pilot worlds, no part of a life
        if arm["note"]:
            team = re.match(r"placed in team ([^,]+),", arm["note"])
            places[arm["arm"]] = team.group(1) if team else "spread"
    return manifest, outcomes, units, places


class Pair:
    """One scenario: the program's run and the oracle's life of the same worlds."""

    def __init__(self, program, scenario, folder):
        self.command, self.scenario, self.folder = program, scenario, folder
        self.manifest, self.outcomes, self.units, self.places = read_run(folder)
        self.program = oracle.Program(scenario, oracle.read_registry(folder), 1 / self.manifest["ticks_per_week"],
                                      self.manifest["contrary"])
        self.penalty = max([1.0] + [p.penalty for p in self.program.packages])
        self.arm_ids = [a["arm"] for a in self.manifest["arms"]]

    def live(self, worlds, arm_ids, watch=None, turns=()):
        arms = oracle.organisations(self.program, arm_ids, self.places)
        life = oracle.Life(self.program, arms, oracle.Nature(self.program, self.manifest["seed"], np.array(worlds)), watch, turns)
        life.live()
        return {(worlds[lane // len(arms)], arms[lane % len(arms)].id): m for lane, m in life.outcomes.items()}, life

    def apart(self, mine, theirs):
        """Metrics in which a life differs, with the difference over its scale."""
        found = {}
        for name in theirs:
            if name in ("world", "arm"):
                continue
            x, y = mine[name], float(theirs[name])
            y = self.program.horizon if name == "finish_week" and y > oracle.NEVER else y
            least = 1 if self.units.get(name) in DIFFERENCES or "dprime" in name or name == "slip" else 0.01
            least = max(abs(mine["value_k"]), mine["cost_k"]) if name == "npv_k" else self.penalty if name == "penalties_k" else least
            difference = abs(x - y) / max(abs(x), abs(y), least)
            if not difference <= TOLERANCE:
                found[name] = difference
        return found

    def events(self, world, arm):
        """What the program tells of one life: (week, kind, subject)."""
        other = next(r["arm"] for r in oracle.table(self.scenario, "arms") if r["arm"] != arm)
        command = [self.command, "explain", self.scenario, "--world", str(world), "--arms", f"{other},{arm}", "-n", "2",
                   "-s", str(self.manifest["seed"]), "--json"]
        command += [f"--contrary={name}={strength}" for name, strength in self.manifest["contrary"].items() if strength]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        events = []
        for e in next(a for a in told["arms"] if a["arm"] == arm)["events"]:
            subject = [e[key] for key in ("package", "item", "feature", "team", "seat") if key in e]
            events.append((e["week"], e["event"], subject[0] if subject else 0, e["x"]))
        return events

    def first_difference(self, life, told):
        """Week and name of the first event that only one of them has."""
        theirs, lonely = list(told), []
        for week, kind, subject, values in life.events:
            same = [e for e in theirs if e[1] == kind and e[2] == subject and abs(e[0] - week) < EVENT_WEEKS
                    and (kind != "reported" or abs(e[3] - values["x"]) < EVENT_WEEKS * max(1, week))]
            if same:
                theirs.remove(same[0])
            else:
                lonely.append((week, f"only the oracle: {kind} {subject}"))
        return min(lonely + [(e[0], f"only the program: {e[1]} {e[2]}") for e in theirs], default=(self.program.horizon, "no event differs"))

    def lived_with(self, world, arm, turns):
        mine, life = self.live([world], [arm], watch=0, turns=turns)
        return self.apart(mine[world, arm], self.outcomes[world, arm]), life

    def trace(self, world, arm):
        """The first event that differs, and the branches that rounding flipped: week, text, [(margin, branch)], whether the life
        then agrees, and the week until which it does."""
        told = [e for e in self.events(world, arm) if e[1] not in UNTOLD]
        apart, life = self.lived_with(world, arm, ())
        first = at = self.first_difference(life, told)
        flipped, turns = [], ()
        while apart and len(turns) < TURNS:
            closest = {}
            for t0, what, left, right, margin in life.calls:
                if t0 <= at[0] and (t0, what) not in turns and margin < closest.get((t0, what), (1,))[0]:
                    closest[t0, what] = (margin, f"{what}, in the tick of week {t0:g}: {left:.9g} against {right:.9g}")
            best = None
            for key in sorted(closest, key=closest.get)[:TRIES]:
                then_apart, then_life = self.lived_with(world, arm, (*turns, key))
                then = self.first_difference(then_life, told) if then_apart else (math.inf, "")
                if best is None or then > best[0]:
                    best = (then, key, then_apart, then_life)
                if not then_apart:
                    break
            if best is None or best[0] <= at:
                break
            at, key, apart, life = best
            flipped.append(closest[key])
            turns = (*turns, key)
        return *first, flipped, not apart, at[0]


def report(pair, options):
    started = time.time()
    mine, _ = pair.live(list(range(options.worlds)), pair.arm_ids)
    missing = set(next(iter(pair.outcomes.values()))) - set(next(iter(mine.values()))) - {"world", "arm"}
    if missing:
        print("the oracle does not have", *sorted(missing))
        return False
    apart = {life: pair.apart(mine[life], pair.outcomes[life]) for life in pair.outcomes}
    bad = {life: found for life, found in apart.items() if found}
    share = 1 - len(bad) / len(apart)
    print(f"{pair.scenario}: {len(apart) - len(bad)} of {len(apart)} lives agree ({share:.2%}): {options.worlds} worlds, {len(pair.arm_ids)} arms, "
          f"{len(next(iter(mine.values())))} metrics; the oracle took {time.time() - started:.0f} s")
    for arm in pair.arm_ids:
        n = sum(1 for life in bad if life[1] == arm)
        if n:
            print(f"    {arm:16s} {options.worlds - n} of {options.worlds}")
    explained = True
    for n, (world, arm) in enumerate(sorted(bad)):
        if n == options.trace:
            print(f"    {len(bad) - n} more are not traced; --trace {len(bad)} does")
            break
        worst = max(bad[world, arm], key=bad[world, arm].get)
        week, text, flipped, whole, until = pair.trace(world, arm)
        print(f"    world {world}, {arm}: {len(bad[world, arm])} metrics, {worst} by {bad[world, arm][worst]:.1e}; week {week:.2f}: {text}")
        for margin, call in flipped:
            print(f"        margin {margin:.1e}: {call}")
        print("        turned over, the life agrees" if whole else f"        turned over, it agrees until week {until:.2f}" if flipped
              else "        no close call before it explains it")
        explained &= bool(flipped)
    if not explained:
        print("    not every difference is explained by branches that rounding can flip")
    return share >= options.least and explained


def main():
    parser = argparse.ArgumentParser(description="the program against the oracle, world by world")
    parser.add_argument("program")
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("-n", "--worlds", type=int, default=200)
    parser.add_argument("-s", "--seed", type=int, default=1)
    parser.add_argument("--arms", default="all")
    parser.add_argument("--contrary", action="append", default=[], metavar="NAME[=STRENGTH]")
    parser.add_argument("--least", type=float, default=0.99, help="share of lives that must agree")
    parser.add_argument("--trace", type=int, default=36, help="how many of those that do not are traced")
    options = parser.parse_args()
    good = True
    for scenario in options.scenario:
        with tempfile.TemporaryDirectory() as folder:
            try:
                run(options.program, scenario, options, os.path.join(folder, "run"))
            except (OSError, subprocess.CalledProcessError) as failure:
                sys.exit(f"the program did not run {scenario}: {failure}")
            good &= report(Pair(options.program, scenario, os.path.join(folder, "run")), options)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

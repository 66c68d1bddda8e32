#!/usr/bin/python3
"""variance.py OUTCOMES [FRICTIONLESS]: what variance reduction beyond common random numbers could gain, from the worlds of a run.

OUTCOMES is the outcomes.csv of a run of none, coordinator and tpm, FRICTIONLESS that of the same worlds with --frictionless. The program's and the
teams' factors of each world are drawn again with the generator of tests/oracle. A gain of 2 means: the same interval from half the worlds.

    control      regression on the frictionless finish of the same world
    program      post-stratification by the program's factor, 100 strata: the most that stratifying it could give
    leading      regression on four Hermite polynomials of the program's factor and on the teams' factors: about the most that scrambled Sobol
                 points or a Latin hypercube over these draws could give
"""
import csv
import os
import sys
from statistics import NormalDist

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
from oracle import S_PROGRAM, S_TEAM, philox  # noqa: E402

SEED, TEAMS, STRATA = 1, 8, 100
METRICS = ["npv_k", "finish_week", "on_time", "cost_k"]


def read(path, columns):
    with open(path, newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        arm, places = header.index("arm"), [header.index(c) for c in columns]
        found = {}
        for row in rows:
            found.setdefault(row[arm], []).append([float(row[p]) for p in places])
    return {name: np.array(values) for name, values in found.items()}


def normals(worlds, stream, entity):
    bits = philox(SEED, np.arange(worlds), stream, entity, np.zeros(worlds, np.uint64))[0]
    inverse = NormalDist().inv_cdf
    return np.array([inverse((float(b) + 0.5) / 2**32) for b in bits])


def explained_by_strata(y, x):
    parts = np.array_split(np.argsort(x), STRATA)
    return sum(len(p) * (y[p].mean() - y.mean()) ** 2 for p in parts) / len(y) / y.var() - (STRATA - 1) / len(y)


def explained_by_regression(y, columns):
    design = np.column_stack([np.ones(len(y))] + columns)
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return 1 - rest.var() / y.var() * (len(y) - 1) / (len(y) - design.shape[1])


def main():
    if len(sys.argv) not in (2, 3) or not os.path.isfile(sys.argv[1]):
        sys.exit(__doc__)
    arms = read(sys.argv[1], METRICS)
    worlds = len(arms["none"])
    z = normals(worlds, S_PROGRAM, 0)
    hermite = [z, z**2 - 1, z**3 - 3 * z, z**4 - 6 * z**2 + 3]
    teams = [normals(worlds, S_TEAM, j) for j in range(TEAMS)]
    schedule = read(sys.argv[2], ["finish_week"])["none"][:, 0] if len(sys.argv) > 2 else None
    print(f"{worlds} worlds; gains of variance at the same number of worlds")
    print(f"{'metric':12s} {'of':22s} {'control':>8s} {'program':>8s} {'leading':>8s}")
    for m, metric in enumerate(METRICS):
        for name, y in [("level of none", arms["none"][:, m])] + [
                (f"tpm less {other}", arms["tpm"][:, m] - arms[other][:, m]) for other in ("none", "coordinator")]:
            gains = [explained_by_regression(y, [schedule]) if schedule is not None else 0, explained_by_strata(y, z),
                     explained_by_regression(y, hermite + teams)]
            print(f"{metric:12s} {name:22s} " + " ".join(f"{1 / (1 - max(0, g)):8.2f}" for g in gains))


if __name__ == "__main__":
    main()

"""schedule_peers.py CRITICAL_PATH [FILE.sm]: the schedule of orgsim beside what else one would pick, ratios in one run

    /usr/bin/python3 tests/bench/schedule_peers.py build/release/tests/critical_path [FILE.sm]

The same project (of PSPLIB, or one of 120 jobs that psplib.py makes), durations Triangular(0.8 d, d, 1.6 d), precedence only, one core, seconds of the processor. Each
way is run in turn; a ratio is the median over the turns against the usual way in C, and none is printed unless means and standard deviations agree within
four standard errors. Needs python3-numpy and python3-simpy3; a way whose package is missing is left out, and said so.
"""
import math
import os
import statistics
import subprocess
import sys
import tempfile

import psplib

TURNS = 3
C_WORLDS = 20000
PEERS = [("SimPy", "simpy_schedule.py", 300, "simpy"), ("NumPy across worlds", "numpy_schedule.py", 20000, "numpy")]
HERE = os.path.dirname(os.path.abspath(__file__))


def ours(program, project):
    """Worlds a second of each way in C, and what the usual one found."""
    said = subprocess.run([program, project, str(C_WORLDS)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    rates = {line[:22].strip(): float(line[22:].split()[0]) for line in said}
    usual = [float(x) for x in said[0][22:].replace("+-", " ").split()[2:]]
    return rates, usual


def peer(script, project, worlds):
    said = subprocess.run([sys.executable, os.path.join(HERE, script), project, str(worlds)], capture_output=True, text=True, check=True).stdout.split()
    return float(said[1]), float(said[2]), float(said[3])


def agrees(mean, deviation, worlds, usual):
    mean_error = math.hypot(deviation / math.sqrt(worlds), usual[1])
    deviation_error = math.hypot(deviation / math.sqrt(2 * worlds), usual[3])
    return abs(mean - usual[0]) <= 4 * mean_error + 5e-4 and abs(deviation - usual[2]) <= 4 * deviation_error + 5e-4


def has(module):
    return subprocess.run([sys.executable, "-c", "import " + module], capture_output=True).returncode == 0


def measure(program, project):
    rates, missing, apart = {}, [], []
    for _ in range(TURNS):
        found, usual = ours(program, project)
        for name, rate in found.items():
            rates.setdefault(name, []).append((rate, found["the usual way"]))
        for name, script, worlds, module in PEERS:
            if not has(module):
                missing.append(f"{name} is left out: python3 has no {module}")
                continue
            seconds, mean, deviation = peer(script, project, worlds)
            rates.setdefault(name, []).append((worlds / seconds, found["the usual way"]))
            if not agrees(mean, deviation, worlds, usual):
                apart.append(f"{name} finds {mean:.3f} and {deviation:.3f}, the usual way {usual[0]:.3f} and {usual[2]:.3f}")
    return rates, sorted(set(missing)), sorted(set(apart))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: schedule_peers.py CRITICAL_PATH [FILE.sm]")
    with tempfile.TemporaryDirectory() as folder:
        project = sys.argv[2] if len(sys.argv) == 3 else os.path.join(folder, "made.sm")
        if len(sys.argv) == 2:
            psplib.make(project, 120)
        jobs = len(psplib.read(project)[0])
        rates, missing, apart = measure(sys.argv[1], project)
    for line in missing:
        print(line)
    if apart:
        sys.exit("no ratios, for they do not agree:\n" + "\n".join(apart))
    print(f"{jobs} jobs, one core, medians of {TURNS} turns\nway                        worlds/s  to the usual way in C")
    for name, pairs in sorted(rates.items(), key=lambda item: statistics.median(rate for rate, _ in item[1])):
        print(f"{name:<22} {statistics.median(rate for rate, _ in pairs):12.0f} {statistics.median(rate / base for rate, base in pairs):12.4g}")


if __name__ == "__main__":
    main()

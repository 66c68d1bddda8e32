"""simpy_schedule.py FILE.sm WORLDS: a project's finish under uncertain durations, with SimPy

Every activity is a process that waits for those before it and then for its own duration, Triangular(0.8 d, d, 1.6 d), world after world, as SimPy's
documentation would have it. Prints worlds, seconds of the processor, mean and standard deviation of the finish.
"""
import random
import statistics
import sys
import time

import simpy

from psplib import read


def activity(env, duration, before, done, rng):
    if before:
        yield simpy.AllOf(env, [done[k] for k in before])
    yield env.timeout(rng.triangular(0.8 * duration, 1.6 * duration, duration) if duration > 0 else 0)


def finish(durations, predecessors, rng):
    env = simpy.Environment()
    done = []
    for duration, before in zip(durations, predecessors):
        done.append(env.process(activity(env, duration, before, done, rng)))
    env.run(done[-1])
    return env.now


def main():
    durations, predecessors = read(sys.argv[1])
    worlds = int(sys.argv[2])
    rng = random.Random(1)
    begin = time.process_time()
    x = [finish(durations, predecessors, rng) for _ in range(worlds)]
    print(worlds, time.process_time() - begin, statistics.fmean(x), statistics.stdev(x))


if __name__ == "__main__":
    main()

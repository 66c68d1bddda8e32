"""numpy_schedule.py FILE.sm WORLDS: a project's finish under uncertain durations, with NumPy across worlds

Every activity is one array with an element for each world; durations are Triangular(0.8 d, d, 1.6 d), an activity starts when its predecessors have
finished. Blocks of 10,000 worlds stay in the cache. Prints worlds, seconds of the processor, mean and standard deviation of the finish.
"""
import sys
import time

import numpy as np

from psplib import read

BLOCK = 10000


def finishes(rng, durations, predecessors, worlds):
    finish = []
    for d, before in zip(durations, predecessors):
        start = finish[before[0]] if before else np.zeros(worlds)
        for k in before[1:]:
            start = np.maximum(start, finish[k])
        finish.append(start + rng.triangular(0.8 * d, d, 1.6 * d, worlds) if d > 0 else start)
    return finish[-1]


def main():
    durations, predecessors = read(sys.argv[1])
    worlds = int(sys.argv[2])
    rng = np.random.default_rng(1)
    begin = time.process_time()
    x = np.concatenate([finishes(rng, durations, predecessors, min(BLOCK, worlds - at)) for at in range(0, worlds, BLOCK)])
    print(worlds, time.process_time() - begin, x.mean(), x.std(ddof=1))


if __name__ == "__main__":
    main()

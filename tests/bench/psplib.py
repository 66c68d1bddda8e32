"""psplib.py: projects in the single-mode format of PSPLIB: read, or made up where none is at hand"""
import random


def read(path):
    """Durations, and the numbers of the predecessors of each job; jobs come in an order in which predecessors are first."""
    successors, durations, part = {}, {}, None
    with open(path, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if line.startswith("PRECEDENCE"):
                part = "precedence"
            elif line.startswith("REQUESTS"):
                part = "durations"
            elif line.startswith("RESOURCEAVAIL"):
                part = None
            elif words and words[0].isdigit():
                numbers = [int(w) for w in words]
                if part == "precedence":
                    successors[numbers[0]] = numbers[3:]
                elif part == "durations":
                    durations[numbers[0]] = numbers[2]
    predecessors = {j: [] for j in successors}
    for j, after in successors.items():
        for k in after:
            predecessors[k].append(j - 1)
    return [durations[j] for j in sorted(durations)], [predecessors[j] for j in sorted(predecessors)]


def make(path, jobs, seed=1):
    """A project of so many jobs between a first and a last one without duration; each job is followed by one to three later ones nearby."""
    rng = random.Random(seed)
    last = jobs + 2
    after = {j: sorted(rng.sample(range(j + 1, min(last, j + 12)), min(rng.randint(1, 3), min(last, j + 12) - j - 1))) or [last] for j in range(2, last)}
    followed = {k for successors in after.values() for k in successors}
    after[1] = [j for j in range(2, last) if j not in followed]
    after[last] = []
    rule = "*" * 72
    with open(path, "w", encoding="ascii") as out:
        print(rule, "file with basedata            : made by psplib.py", rule, "projects                      :  1", sep="\n", file=out)
        print(f"jobs (incl. supersource/sink ):  {last}", "RESOURCES", "  - renewable                 :  1   R", sep="\n", file=out)
        print("  - nonrenewable              :  0   N", "  - doubly constrained        :  0   D", rule, "PRECEDENCE RELATIONS:", sep="\n", file=out)
        print("jobnr.    #modes  #successors   successors", file=out)
        for j in range(1, last + 1):
            print(j, 1, len(after[j]), *after[j], file=out)
        print(rule, "REQUESTS/DURATIONS:", "jobnr. mode duration  R 1", "-" * 72, sep="\n", file=out)
        for j in range(1, last + 1):
            print(j, 1, rng.randint(1, 10) if 1 < j < last else 0, 0, file=out)
        print(rule, "RESOURCEAVAILABILITIES:", "  R 1", "    1", rule, sep="\n", file=out)

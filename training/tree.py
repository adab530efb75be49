"""The best tree with one root (Chu-Liu and Edmonds), as in reference.py."""

import numpy as np

LOW = -1e9


def best_tree(arc: np.ndarray) -> np.ndarray:
    """Heads of words 1..n from scores [word, head], head 0 the root."""
    n = arc.shape[0]
    score = np.full((n + 1, n + 1), LOW)
    score[1:] = arc
    np.fill_diagonal(score, LOW)
    heads = spanning(score)
    roots = np.nonzero(heads[1:] == 0)[0] + 1
    if len(roots) > 1:
        tries = []
        for root in roots:
            one = score.copy()
            one[1:, 0] = -1e8
            one[root, 0] = score[root, 0] + 1e6
            found = spanning(one)
            tries.append((score[np.arange(1, n + 1), found[1:]].sum(), list(found)))
        heads = np.array(max(tries)[1])
    return heads[1:]


def cycle_of(heads: np.ndarray) -> list[int] | None:
    """The first cycle when heads are followed."""
    seen = np.zeros(len(heads), int)
    for begin in range(1, len(heads)):
        at, path = begin, []
        while at and not seen[at]:
            seen[at] = begin
            path.append(at)
            at = heads[at]
        if at and seen[at] == begin and at in path:
            return path[path.index(at) :]
    return None


def spanning(score: np.ndarray) -> np.ndarray:
    """Greedy heads; a cycle is drawn together into one word and the rest solved again."""
    heads = score.argmax(1)
    heads[0] = 0
    cycle = cycle_of(heads)
    if cycle is None:
        return heads
    rest = [v for v in range(len(heads)) if v not in cycle]
    k = len(rest)
    small = np.full((k + 1, k + 1), LOW)
    base, into, out = sum(score[v, heads[v]] for v in cycle), {}, {}
    for a, v in enumerate(rest):
        small[a, :k] = score[v, rest]
        out[a] = max(cycle, key=lambda y: score[v, y])
        small[a, k] = score[v, out[a]]
        into[a] = max(cycle, key=lambda y: score[y, v] - score[y, heads[y]])
        small[k, a] = base + score[into[a], v] - score[into[a], heads[into[a]]]
    small[k, k] = small[0] = LOW
    found, whole = spanning(small), heads.copy()
    for a, v in enumerate(rest):
        if v:
            whole[v] = out[a] if found[a] == k else rest[found[a]]
    whole[into[found[k]]] = rest[found[k]]
    return whole

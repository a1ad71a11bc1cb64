"""`python -m tests.dirty --seeds 20`: every kind of defect in so many cities, and what the reader makes of them."""

from __future__ import annotations

import argparse

from hrbook.ingest.policy import load_policy
from tests.dirty.kinds import KINDS
from tests.dirty.measure import Score, measure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--kind", default="")
    asked = parser.parse_args()
    policy = load_policy("tachikawa-3")[0]
    total = Score()
    for name in sorted(KINDS):
        if asked.kind not in name:
            continue
        score = Score()
        for seed in range(asked.seeds):
            score.add(measure(name, seed, policy))
        print(f"{name:32} planted {score.planted:4} found {score.found:4} alarms {score.alarms:3} silent {len(score.silent):3}")
        for line in (*score.missed[:3], *score.silent[:3], *score.alarmed[:3]):
            print("   ", line)
        total.add(score)
    recall, alarms = 100 * total.found / max(1, total.planted), 100 * total.alarms / max(1, total.cells)
    print(f"{len(KINDS)} kinds x {asked.seeds} seeds: recall {recall:.2f} %, misplaced {total.misplaced}, ", end="")
    print(f"silent {len(total.silent)}, false alarms {alarms:.4f} % of {total.cells} cells")
    return 0 if recall >= 99 and not total.silent and alarms <= 1 and not total.misplaced else 1


if __name__ == "__main__":
    raise SystemExit(main())

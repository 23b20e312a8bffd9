"""The verdict on differences: their statistics over members, and plain words that know their size.

    median and 90 % interval: quantiles .05, .5, .95 of d over members
    mean and its 90 % interval: mean +- t(.95, n - 1) s / sqrt(n)
    more members for half that interval: 3 n

The words, by the first rule that holds: all d are zero; the median and the whole interval of the mean are smaller
than what matters; all d have one sign; nine in ten have one sign; the interval of the mean leaves out zero; otherwise
the difference is not clear.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student

F64 = NDArray[np.float64]
MOST = 0.9
SAME = ("exactly the same", "完全相同")
SMALL = ("no difference that matters", "差异可忽略")
UNCLEAR = ("no clear difference", "无明显差异")
_LOW, _HIGH = 0.05, 0.95


def summaries(d: F64, matters: F64) -> pd.DataFrame:
    """Return statistics and verdicts of differences `d` (n_rows, n_members), NaN where a member has none.

    `matters` (n_rows,) is the smallest difference that matters, in the unit of the row.
    """
    n = np.isfinite(d).sum(axis=1)
    ordered = np.sort(d, axis=1)  # NaN at the end
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(d, axis=1) / n
        sd = np.sqrt(np.nansum((d - mean[:, None]) ** 2, axis=1) / (n - 1))
        reach = np.where(n > 1, student.ppf(_HIGH, np.maximum(n - 1, 1)) * sd / np.sqrt(n), np.nan)
    low, median, high = (_quantile(ordered, n, q) for q in (_LOW, 0.5, _HIGH))
    leading = np.where(np.sign(median) != 0.0, np.sign(median), np.sign(mean))
    share = (np.sign(d) == leading[:, None]).sum(axis=1) / n
    english, chinese = _words(d, n, mean, np.nan_to_num(reach), np.where(leading != 0.0, share, 0.0), median, matters)
    return pd.DataFrame(
        {
            "median": median,
            "low": low,
            "high": high,
            "mean": mean,
            "mean_low": mean - reach,
            "mean_high": mean + reach,
            "same_sign_share": share,
            "verdict": english,
            "verdict_zh": chinese,
        }
    )


def _quantile(ordered: F64, n: NDArray[np.int64], q: float) -> F64:
    """Return the quantile `q` of the first `n` of each row, linear between order statistics."""
    at = q * (n - 1)
    below = np.floor(at).astype(np.int64)
    row = np.arange(len(ordered))
    first, second = ordered[row, below], ordered[row, np.minimum(below + 1, n - 1)]
    return np.asarray(first + (second - first) * (at - below))


def _words(
    d: F64, n: NDArray[np.int64], mean: F64, reach: F64, same: F64, median: F64, matters: F64
) -> tuple[list[str], list[str]]:
    """Return the verdicts in English and Chinese."""
    still = ~(np.nan_to_num(d) != 0.0).any(axis=1)
    widest = np.maximum(np.abs(median), np.abs(mean) + reach)
    small = widest < matters
    up = np.where(median != 0.0, median, mean) > 0
    found = []
    for k in range(len(d)):
        en, zh = ("higher", "较高") if up[k] else ("lower", "较低")
        if still[k]:
            found.append(SAME)
        elif small[k]:
            found.append(SMALL)
        elif n[k] == 1:
            found.append((f"{en} (one member)", f"{zh}(单次运行)"))
        elif same[k] == 1.0:
            found.append((f"{en} in all {n[k]} members", f"全部{n[k]}次运行均{zh}"))
        elif same[k] >= MOST:
            found.append((en, zh))
        elif abs(mean[k]) > reach[k]:
            found.append(("higher on average", "平均较高") if mean[k] > 0 else ("lower on average", "平均较低"))
        else:
            found.append(UNCLEAR)
    return [en for en, _ in found], [zh for _, zh in found]

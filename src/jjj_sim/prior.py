"""Priors of parameters: a small closed set of distributions, each drawn by its quantile inside the bounds.

    x = F^-1( F(lo) + u (F(hi) - F(lo)) )       u in (0, 1): cut at the bounds, never piled up on them

`F` is the distribution, `lo` and `hi` are the parameter's bounds.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

from scipy.special import betainc, betaincinv, expit, logit, ndtr, ndtri


class Prior(ABC):
    """A distribution of one number."""

    @abstractmethod
    def chance(self, x: float) -> float:
        """Return F(x), the probability of at most `x`."""

    @abstractmethod
    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""

    def within(self, u: float, lo: float, hi: float) -> float:
        """Return the quantile at `u` of the distribution cut at `lo` and `hi`."""
        below, above = self.chance(lo), self.chance(hi)
        return min(max(self.quantile(below + u * (above - below)), lo), hi)


@dataclass(frozen=True)
class Normal(Prior):
    """Normal with `mean` and `sd`."""

    mean: float
    sd: float

    def chance(self, x: float) -> float:
        """Return F(x)."""
        return float(ndtr((x - self.mean) / self.sd))

    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""
        return self.mean + self.sd * float(ndtri(u))

    def __str__(self) -> str:
        return f"N({self.mean:g}, {self.sd:g})"


@dataclass(frozen=True)
class Uniform(Prior):
    """Uniform between `lo` and `hi`."""

    lo: float
    hi: float

    def chance(self, x: float) -> float:
        """Return F(x)."""
        return min(max((x - self.lo) / (self.hi - self.lo), 0.0), 1.0)

    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""
        return self.lo + u * (self.hi - self.lo)

    def __str__(self) -> str:
        return f"U({self.lo:g}, {self.hi:g})"


@dataclass(frozen=True)
class Triangular(Prior):
    """Triangular between `lo` and `hi`, peaked at `mode`: where no data speak, and the bounds are all that is known."""

    lo: float
    mode: float
    hi: float

    def chance(self, x: float) -> float:
        """Return F(x)."""
        x, width = min(max(x, self.lo), self.hi), self.hi - self.lo
        if x <= self.mode:
            return (x - self.lo) ** 2 / (width * (self.mode - self.lo)) if self.mode > self.lo else 0.0
        return 1.0 - (self.hi - x) ** 2 / (width * (self.hi - self.mode))

    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""
        width, rise = self.hi - self.lo, self.mode - self.lo
        if u <= rise / width:
            return self.lo + math.sqrt(u * width * rise)
        return self.hi - math.sqrt((1.0 - u) * width * (self.hi - self.mode))

    def __str__(self) -> str:
        return f"triangular({self.lo:g}, {self.mode:g}, {self.hi:g})"


@dataclass(frozen=True)
class LogNormal(Prior):
    """Log-normal with `median`, and `sd` of the logarithm."""

    median: float
    sd: float

    def chance(self, x: float) -> float:
        """Return F(x)."""
        return float(ndtr(math.log(x / self.median) / self.sd)) if x > 0.0 else 0.0

    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""
        return self.median * math.exp(self.sd * float(ndtri(u)))

    def __str__(self) -> str:
        return f"log-normal({self.median:g}, log sd {self.sd:g})"


@dataclass(frozen=True)
class LogUniform(Prior):
    """Uniform in the logarithm between `lo` and `hi`."""

    lo: float
    hi: float

    def chance(self, x: float) -> float:
        """Return F(x)."""
        if x <= self.lo:
            return 0.0
        return min(math.log(x / self.lo) / math.log(self.hi / self.lo), 1.0)

    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""
        return self.lo * math.exp(u * math.log(self.hi / self.lo))

    def __str__(self) -> str:
        return f"log-uniform({self.lo:.4g}, {self.hi:.4g})"


@dataclass(frozen=True)
class LogisticBeta(Prior):
    """A logit x whose share logistic(x) is Beta(`a`, `b`)."""

    a: float
    b: float

    def chance(self, x: float) -> float:
        """Return F(x)."""
        return float(betainc(self.a, self.b, expit(x)))

    def quantile(self, u: float) -> float:
        """Return the number with F(x) = `u`."""
        return float(logit(betaincinv(self.a, self.b, u)))

    def __str__(self) -> str:
        return f"logistic(x) ~ Beta({self.a:g}, {self.b:g})"

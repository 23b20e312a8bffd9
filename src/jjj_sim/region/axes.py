"""The axes that no region chooses: ages in bands and groups."""

from __future__ import annotations

AGE_BANDS = ("0-14", "15-24", "25-44", "45-59", "60-74", "75+")
GROUPS = ("15-24", "25-44", "45-59", "60+")

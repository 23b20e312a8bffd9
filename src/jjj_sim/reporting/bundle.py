"""The JavaScript that draws pictures, as one text: Vega, Vega-Lite and Vega-Embed, which need no network.

On a page it sets `vegaEmbed` of the window. `vegaEmbed(element, spec, {mode: "vega-lite",
renderer: "svg", actions: false})` draws; with `ast: true` it evaluates no text as code, for pages that forbid that.
"""

from __future__ import annotations

import functools
from typing import Any


@functools.cache
def javascript() -> str:
    """Return the libraries for the Vega-Lite that Altair writes; safe inside a script element."""
    import altair
    import vl_convert

    shown: Any = vl_convert
    version = ".".join(altair.SCHEMA_VERSION.split(".")[:2])
    return str(shown.javascript_bundle(vl_version=version)).replace("</script", "<\\/script")

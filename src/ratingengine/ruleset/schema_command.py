"""`rate schema`."""

from __future__ import annotations

import json
from typing import Annotated

from ratingengine.interface.asked import Usage, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Argument


def schema_command(
    kind: Annotated[str, Argument(metavar="rules|scale|codebook|record|overrides|sources|cases", help="Which file format.")],
) -> int:
    """Print the JSON Schema of a file format, for editors.

    rate schema record
    """
    from ratingengine.ruleset.schemas import SHAPES, schema_of

    if kind not in SHAPES:
        raise Usage(f"no schema '{kind}': write one of {', '.join(SHAPES)}")
    write(json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n")
    return DONE

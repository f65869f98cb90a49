"""Reading records that an earlier stage wrote."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError

from agents.outcomes import Refused
from schemas.base import UnsupportedSchemaError

_SHOWN: Final = 5


def explain(error: ValidationError) -> Refused:
    """Why a message is not the record that its topic carries; another version may have written it."""
    problems = error.errors(include_url=False, include_input=False)
    for problem in problems:
        if isinstance(problem.get("ctx", {}).get("error"), UnsupportedSchemaError):
            return Refused("unsupported_schema", str(problem["ctx"]["error"]))
    if problems[0]["type"] == "json_invalid":
        return Refused("invalid_json", problems[0]["msg"])
    shown = (f"{'.'.join(map(str, problem['loc'])) or 'record'}: {problem['msg']}" for problem in problems[:_SHOWN])
    return Refused("invalid_record", "; ".join(shown))

"""Domain values as JSON text: what a row keeps in its `body`. Instants and spans of time are milliseconds."""

import json
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

from domain.facts import instant, millis

T = TypeVar("T")

_converter = make_converter(omit_if_default=True)
_converter.register_unstructure_hook(datetime, millis)
_converter.register_structure_hook(datetime, lambda value, _: instant(value))
_converter.register_unstructure_hook(timedelta, lambda span: span // timedelta(milliseconds=1))
_converter.register_structure_hook(timedelta, lambda value, _: timedelta(milliseconds=value))


def dump(value: object) -> str:
    """A domain value as JSON text; fields that stand at their default are left out, so new fields need no migration."""
    return json.dumps(_converter.unstructure(value), ensure_ascii=False, separators=(",", ":"))


def restore(kind: type[T], text: str) -> T:
    """The domain value that `dump` wrote. Unknown fields of an older version are passed over."""
    data: Any = json.loads(text)
    return _converter.structure(data, kind)

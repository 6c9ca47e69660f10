"""Where the tests find a free TrueType font with Cyrillic letters (PyPI package ``font-roboto``)."""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "font_roboto"


def roboto(style: str = "Regular") -> Path:
    """Path of a Roboto font file, for example ``Regular``, ``Bold`` or ``Italic``."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the tests need the package {PACKAGE.replace('_', '-')}")
    return Path(spec.origin).parent / "files" / f"Roboto-{style}.ttf"

"""Loads the models once, in the server process from which workers are forked: so a new worker has them at once."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from pipeline.run import extract_bytes

SAMPLE: Final = """ПРОТОКОЛ № 1 совещания руководителей школ от 06.06.2023
Присутствовали: Соловьева В.В., начальник отдела образования Калининского района.
Слушали: Филимонову Людмилу Андреевну.
Решили:
1. Руководителям школ обеспечить ремонт кровли.
Срок: до 1 сентября 2023 года. Ответственные: МБОУ «Школа № 1», Иванов И.И.
"""

with suppress(Exception):  # whatever is wrong will show on the first document, with its traceback
    extract_bytes(SAMPLE.encode())

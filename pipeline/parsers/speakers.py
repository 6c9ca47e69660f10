"""Who was heard and who spoke: «Слушали: Соловьеву В.В., начальника отдела», «Выступила Бренкова О.П. …»."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.lexicon import words
from pipeline.model import Participant, Source, Speech
from pipeline.nlp import Case, Gender, entity_type, find_names
from pipeline.nlp.morph import has_infinitive
from pipeline.nlp.ner import ner_persons
from pipeline.parsers.participants import Mention, mentions_in, participant
from pipeline.segment import Part, Segmentation

_CLAUSE_END = re.compile(
    rf"[.:](?=\s|$)|(?<!\s[А-ЯЁа-яё])\s(?:котор\w+|о|об|обо|по\s+вопросу|на\s+тему|что|с\s+(?:информацией|докладом|"
    rf"сообщением|предложением|отч[её]том)"
    rf"|{words('speech', 'verbs').pattern})(?=[\s:,])",
    re.IGNORECASE,
)


def parse_speeches(source: Source, segmentation: Segmentation) -> tuple[list[Speech], list[Participant]]:
    """The speeches and their speakers, in order; `participant_index` counts in the returned speakers."""
    speeches: list[Speech] = []
    speakers: list[Participant] = []
    is_listening = is_awaited = False
    for part in segmentation.of("hearing"):
        kind: Literal["heard", "spoke"] = "heard" if part.role == "heard" else "spoke"
        is_marker = part.content > part.unit.body_start
        if is_marker:
            printed = source.clean[part.unit.start : part.content].replace(" ", "")  # «С Л У Ш А Л И:»
            is_listening = "слуша" in printed.lower()
        people = _speakers(source, part, is_listening, is_marker or is_awaited)
        is_awaited = is_marker and not part.text.strip()
        for person in people:
            speakers.append(person)
            speeches.append(_speech(source, part, kind, len(speakers) - 1))
        if not people and part.role in ("heard", "spoke") and part.text.strip():
            speeches.append(_speech(source, part, kind, None))
    return speeches, speakers


def _speech(source: Source, part: Part, kind: Literal["heard", "spoke"], index: int | None) -> Speech:
    text = re.sub(r"\s+", " ", source.clean[part.content : part.unit.end]).strip()
    return Speech(kind, text, part.content, part.unit.end, part.question, index)


def _speakers(source: Source, part: Part, is_listening: bool, is_named: bool) -> list[Participant]:
    """The speakers that a unit names: after its marker, in brackets under a question, before a verb of speech."""
    text = source.clean[part.content : part.unit.end]
    named = part.role in ("heard", "spoke") and is_named
    head = _head(text)
    is_told = named or _is_list_of_names(text) or _opens_speech(text, part)
    mentions = mentions_in(head, part.content, names_roles=False) if is_told else []
    if mentions and has_infinitive(head[: mentions[0].name.start]):
        mentions = []  # «Поступило предложение избрать председателем Кораблева А.Н.»
    if named and not mentions and not has_infinitive(head) and re.search(r"[А-ЯЁ][а-яё]{2,}", head):
        mentions = [Mention(n, head[n.start : n.end], None, part.content) for n in ner_persons([(0, head)])]
    # «слушали» asks for the accusative, also in the lines below it
    case: Case | None = "accusative" if is_listening and part.role == "heard" else None
    people = [
        participant(m, "speaker", f"hearing_{part.role}", case, _gender(source, part), part.question) for m in mentions
    ]
    closing = _CLOSING_NAMES.search(text) if part.role == "question" and not mentions else None
    if closing and find_names(closing["names"]):
        mentions = mentions_in(closing["names"], part.content + closing.start("names"))
        people = [participant(m, "speaker", "question_heading", None, None, part.question) for m in mentions]
    rest = len(head) if mentions else 0
    spoken = {p.start: p for p in [*_in_mid_speech(text, part, rest), *_behind_verb(text, part, rest)]}
    return people + [spoken[start] for start in sorted(spoken)]


_CLOSING_NAMES = re.compile(r"\((?:докл\w*[.:–-]*\s*)?(?P<names>[^()]{4,300})\)\W*$")


def _is_list_of_names(text: str) -> bool:
    """«(Михеев Д.С.; Вотинцева Н.И.)» under the heading of a question."""
    match = re.fullmatch(r"\s*\((?:докл\w*[.:]?\s*)?(?P<names>[^()]{4,300})\)\W*", text)
    return match is not None and bool(find_names(match["names"])) and not has_infinitive(text)


def _head(text: str) -> str:
    """The words in which speakers are named: up to the end of the first clause."""
    end = next(
        (
            m.start()
            for m in _CLAUSE_END.finditer(text)
            if not _ABBREVIATED.search(text[max(0, m.start() - 12) : m.start()])
        ),
        len(text),
    )
    return text[:end][:700]


_ABBREVIATED = re.compile(
    r"(?<![А-Яа-яё])[А-ЯЁ]$|(?<![а-яё])(?:г|им|зам|и|о|пос|с|д|нач|зав|гл|каф|проф|доц|н|б|х|"
    r"м|т|п)$"
)


def _opens_speech(text: str, part: Part) -> bool:
    """A line that begins with who speaks: «Кукушкин А.С.: …», «Белых В.О. – …», a bullet under «Слушали:»."""
    names = find_names(text[:260])
    if not names or names[0].start > 120 or has_infinitive(text[: names[0].start]):
        return False
    behind = text[names[0].end : names[0].end + 160]
    if part.role in ("heard", "spoke") and names[0].start < 4 and re.match(r"\s*(?:[,(–—.;-]|$)", behind):
        return True
    return names[0].start < 60 and bool(re.match(r"\s*(?:\([^()]*\)\s*)?[:–—-]", behind))


def _in_mid_speech(text: str, part: Part, start: int) -> list[Participant]:
    """Names right before a verb of speech anywhere: «… Ощепков И.И. сообщил, что …»."""
    found = []
    for name in find_names(text[start:]):
        at = start + name.start
        if _SPOKE.match(text, start + name.end) and not _REPORTED.search(text[max(0, at - 60) : at]):
            raw = text[start + name.start : start + name.end]
            mention = Mention(name, raw, _post_before(text[max(0, at - 200) : at]), part.content + start)
            found.append(participant(mention, "speaker", "hearing_verb", "nominative", None, part.question))
    return found


_SPOKE = re.compile(
    r"\s*(?:\([^()]{0,80}\)\s*|,\s*[а-яё][^,.;]{3,100},\s*|–\s*[а-яё][^,.;–]{3,100}[,–]\s*)?(?:также\s+|тоже\s+)?"
    rf"{words('speech', 'verbs').pattern}",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"(?<![А-Яа-яЁё])(?P<verb>[А-ЯЁа-яё]+л(?P<ending>[аи]?)(?:с[ья])?)\s+(?:об?\s[^.;:]{0,80}\s)?(?=[^.;:]{0,120}[А-ЯЁ]\.)"
)


def _behind_verb(text: str, part: Part, start: int) -> list[Participant]:
    """Names right behind a verb of speech: «О ходе ремонта доложили Плотников М.Э., Куц И.В.»."""
    found: list[Participant] = []
    for verb in _VERB_FIRST.finditer(text, start):
        if not words("speech", "verbs").match(verb["verb"]):
            continue
        head = _head(text[verb.end() :])
        mentions = mentions_in(head, part.content + verb.end(), names_roles=False)
        if not mentions or not _is_post(head[: mentions[0].name.start]):
            continue
        for m in mentions:
            if _agrees(verb["ending"], m.name.family):
                found.append(participant(m, "speaker", "hearing_verb_first", "nominative", None, part.question))
    return found


def _is_post(text: str) -> bool:
    return not text.strip() or (entity_type(text.strip(" ,–-")) == "post" and not has_infinitive(text))


def _agrees(ending: str, family: str) -> bool:
    """Whether the surname can be the subject: «поделилась Огородова», not «поблагодарил Петрова»."""
    feminine = re.search(r"(?:ов|ев|ёв|ин|ын)а$|ая$", family) is not None
    oblique = re.search(r"(?:у|ю|ого|ому|ым|ой)$", family) is not None
    return (
        not oblique
        and not (ending == "" and feminine)
        and not (ending == "а" and re.search(r"(?:[оеё]в|[иы]н|ский)$", family))
    )


_REPORTED = re.compile(r"(?:предложение|просьб\w+|заявлени\w+|обращени\w+)\s+(?:гр\.\s*)?$", re.IGNORECASE)


def _post_before(text: str) -> str | None:
    """The post right before a name in a sentence: «… участковый Бондарь Р.С. подтвердил»."""
    match = re.search(r"(?:^|[.;,:]\s+|\n)(?P<post>[А-ЯЁа-яё][^.;,:\n]{3,120}?)\s*$", text)
    return match["post"] if match and entity_type(match["post"]) == "post" else None


def _gender(source: Source, part: Part) -> Gender | None:
    printed = source.clean[part.unit.start : part.content]
    return "feminine" if re.search(r"(?:ила|ала|ела)(?:сь)?[\s:–-]*$", printed, re.I) else None

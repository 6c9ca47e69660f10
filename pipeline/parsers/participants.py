"""Who took part: chair, secretary, the present, the absent, the invited, who signed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.markers import is_signature_line
from pipeline.model import Participant, ParticipantRole, Source
from pipeline.nlp import Case, Gender, Name, entity_type, find_names, nominative_name, nominative_phrase
from pipeline.nlp.morph import is_verb_form
from pipeline.nlp.phrases import singular_phrase
from pipeline.segment import Part, Segmentation

_BODY = (
    r"(?:\s+(?:районной\s+|муниципальной\s+)?(?:комиссии|собрания|совещания|заседания|совета|"
    r"штаба|рабочей\s+группы|коллегии|педсовета|"
    r"педагогического\s+совета|правления|профкома))?"
)
_HEADS = re.compile(r"(?:правления|профкома|профсоюз\w*|ТСЖ|СНТ|ТОС)(?![а-яё])", re.IGNORECASE)
_REASON = re.compile(
    r"\s*\([^()]*(?:отпуск|командировк|болезн|больничн|болеет|уважительн|лечени|обучени|справк)[^()]*\)$", re.IGNORECASE
)
_PRESIDES = re.compile(
    r"(?:в[её]л[аи]?|провод\w+|вед[её]т)\s+(?:заседани|совещани|собрани)|(?:заседани|совещани|"
    r"собрани)\w*\s+(?:в[её]л|вед[её]т|провод)|"
    r"ведущ\w+\s+(?:заседани|собрани|совещани)",
    re.IGNORECASE,
)
_ROLES: tuple[tuple[ParticipantRole, re.Pattern[str]], ...] = (
    ("secretary", re.compile(r"секретар|записал|протокол\s+(?:в[её]л|составил|оформил)|в[её]л[аи]?\s+протокол", re.I)),
    ("attendee", re.compile(r"(?:зам\.?|\w*заместител\w*)\s+председател|член\w*\s|присутств|участник|участвова", re.I)),
    ("absent", re.compile(r"отсутств", re.I)),
    ("invited", re.compile(r"приглаш", re.I)),
    ("chair", re.compile(rf"председател\w*{_BODY}\W*$|председательств|{_PRESIDES.pattern}", re.I)),
)  # fmt: skip
_LABEL_WORDS = re.compile(
    r"^(?:[\s–—:;,.()/_-]|(?:и\s+)?(?:председательствующ\w+|председательствовал\w*|председател\w+|"
    r"секретар\w+|ответственный\s+секретарь|присутствовал\w*|присутствующие|участники|члены|приглаш[её]нн\w+|"
    r"отсутств\w+|"
    r"протокол\s+в[её]ла?|в[её]л[аи]?\s+(?:заседание|совещание|собрание)|под\s+председательством|"
    r"проводи[тл]\w*|заседани[яею]|совещани[яею]|собрани[яею]|комиссии|совета|штаба|коллегии|"
    r"группы|рабочей|правления|профкома|"
    r"педсовета|педагогического|избран\w*|предложен\w*|кандидатур\w*|единогласно|на|в|из|них)(?![а-яё]))+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a list with the post that goes with it."""

    name: Name
    raw: str
    post: str | None
    offset: int


def parse_attendance(source: Source, segmentation: Segmentation) -> list[Participant]:
    """The people and groups of the head: «Председатель – Иванов И.И., глава района»."""
    people: list[Participant] = []
    for part in segmentation.of("attendance"):
        role = _ROLE_OF.get(part.role, "attendee")
        people += _attendance_part(source, part, role, people)
    return people


_ROLE_OF: dict[str, ParticipantRole] = {
    "chair": "chair", "secretary": "secretary", "attendee": "attendee", "absent": "absent", "invited": "invited",
}  # fmt: skip


def _attendance_part(source: Source, part: Part, role: ParticipantRole, known: list[Participant]) -> list[Participant]:
    label, text = source.clean[part.unit.start : part.content], source.clean[part.content : part.unit.end]
    found: list[Participant] = []
    taken = {p.role for p in known}
    case: Case | None = (
        "instrumental" if re.search(r"под\s+председательством|председателем", label + text, re.I) else None
    )
    position = 0
    for mention in mentions_in(text, part.content):
        behind, ahead = _shared(text[position : mention.name.start], bool(found))
        if found:
            found[-1] = _with_status(found[-1], behind, taken)
        role = role if not found and role in ("chair", "secretary") else _next_role(role, ahead)
        own = "attendee" if role in ("chair", "secretary") and role in taken else role
        taken.add(own)
        if mention.post is None and not found and own in ("chair", "secretary"):
            mention = replace(mention, post=_office(label))
        found.append(participant(mention, own, f"attendance_{own}", case))
        position = mention.name.end
    if found:
        rest = text[position:]
        found[-1] = _with_status(found[-1], rest if part.unit.row else re.split(r"[;\n]", rest)[0], taken)
    return found or _groups(part, role)


def _office(label: str) -> str | None:
    """The office that a label names beside the role: «Секретарь комиссии: …»; a bare «Секретарь» is none."""
    text = re.sub(r"\s+", " ", label).strip(" :–—-_\t").lower()
    office = re.fullmatch(
        r"(?:\d[.)]\s*)?(?P<office>(?:ответственный |заместитель )?(?:председател[ья]|секретарь) [а-яё -]+)", text
    )
    return office["office"] if office else None


def _shared(between: str, has_previous: bool) -> tuple[str, str]:
    """What stands between two names: the words after the one, the words before the other."""
    if not has_previous:
        return "", between
    bracket = re.match(r"\s*\([^()]*\)", between)
    cut = bracket.end() if bracket else max(between.rfind(sign) for sign in ",;\n")
    return (between[:cut], between[cut:]) if cut > 0 else ("", between)


def _next_role(role: ParticipantRole, words_before: str) -> ParticipantRole:
    """The role that the words before a name begin; the absent chairman is absent."""
    said = _role_before(words_before)
    if said in ("chair", "secretary") and role in ("absent", "invited"):
        return role
    return said or role


_OWN_CHAIR = re.compile(
    r"\W*(?:(?P<chair>председатель(?:ствующий)?)|(?P<secretary>(?:ответственный\s+)?секретарь))"
    rf"{_BODY}\W*$",
    re.IGNORECASE,
)


def _with_status(person: Participant, words_after: str, taken: set[ParticipantRole]) -> Participant:
    """«Лукканен Р.Э. (председатель комиссии)» presides, «Петров П.П. – председатель комитета» does not."""
    status = _OWN_CHAIR.match(words_after)
    role: ParticipantRole | None = (
        "chair"
        if (status and status["chair"]) or _PRESIDES.search(words_after) or "председательству" in words_after.lower()
        else None
    )
    role = "secretary" if status and status["secretary"] else role
    if role is None and re.search(r"отсутств(?:у|овал)", words_after, re.IGNORECASE) and person.role == "attendee":
        return replace(person, role="absent", rule="attendance_absent_after_name")
    if role is None or role in taken or person.role in ("absent", "invited"):
        return person
    taken.add(role)
    post = status[0].strip(" ,–—-()") if status and len(status[0].split()) > 1 else None if status else person.post
    return replace(person, role=role, rule=f"attendance_{role}_after_name", post=post)


def _role_before(text: str) -> ParticipantRole | None:
    """The role that the words before a name give: the last one said."""
    best: tuple[int, ParticipantRole] | None = None
    for role, pattern in _ROLES:
        for match in pattern.finditer(text):
            if best is None or (
                match.start() > best[0]
                and not (role == "chair" and best[1] == "attendee" and match.start() - best[0] < 24)
            ):
                best = (match.start(), role)
    return best[1] if best else None


def _groups(part: Part, role: ParticipantRole) -> list[Participant]:
    """Groups without names: «руководители ОО, педагоги ОО Калининского района»."""
    if (
        role in ("chair", "secretary")
        or not part.text
        or re.match(r"[\d\s–:-]*(?:\(|человек|чел\b)|\d+\s*$|нет|0", part.text)
    ):
        return []
    groups = []
    for match in re.finditer(r"[^,;]+", part.text):
        raw = match[0].strip(" .:–-")
        if len(raw) > 4 and not re.search(r"\d{2}", raw) and entity_type(raw) == "group":
            start = part.content + match.start() + match[0].find(raw)
            groups.append(
                Participant(nominative_phrase(raw), raw, "group", role, start, start + len(raw), "attendance_group")
            )
    return groups


def mentions_in(text: str, offset: int, *, names_roles: bool = True) -> list[Mention]:
    """The names of a list with their posts, before or after: «директор Иванов И.И.», «Иванов И.И. – директор».

    `names_roles`: the words before a name may be its role in the meeting, which is no post.
    """
    names = find_names(text)
    if not names:
        return []
    before = _post_text(text[: names[0].start], names_roles)
    leads = bool(before)
    edges = [0, *[n.end for n in names], len(text)]
    mentions = []
    for number, name in enumerate(names):
        following = names[number + 1].start if number + 1 < len(names) else len(text)
        after = _after_name(text[name.end : following], is_last=number + 1 == len(names))
        ahead = _post_text(text[edges[number] : name.start], names_roles) if leads else None
        mentions.append(Mention(name, text[name.start : name.end], ahead or after, offset))
    return mentions


def _post_text(text: str, names_roles: bool = True) -> str | None:
    """A post before a name, the words of the role taken off: «Председатель – глава района » → «глава района»."""
    piece = re.split(r"[;\n]|(?<![\s.][дгпсх])(?<=[а-яё»)])\.\s+(?=[А-ЯЁ])", text[-400:])[-1]
    bare = _LABEL_WORDS.sub("", piece.strip())
    # «Слушали председателя ревизионной комиссии Жилину Е.В.»
    piece = bare if names_roles or not (bare or _HEADS.search(piece)) else piece
    piece = re.sub(r"^(?:\d{1,2}[.)]\s*|(?:и|а\s+также)\s+)", "", piece).strip(" ,:–—-_/()\t")
    return re.sub(r"\s+", " ", piece) if re.search(r"[А-Яа-яЁё]{3}", piece) and len(piece) < 300 else None


def _after_name(text: str, is_last: bool) -> str | None:
    """A post after a name, up to the end of its list item: «, руководитель Управления образования.»."""
    match = re.match(r"\.?\s*(?:[–—,(:-]|\t|\n|\s{2,})\s*(?P<post>[^;\n]*)", text)
    if not match:
        match = re.match(r"\s+(?P<post>[а-яё][^;\n]*)", text)
    if not match:
        return None
    piece = match["post"] if is_last or ";" in text or "\n" in text else re.sub(r",[^,]*$", "", match["post"] + "")
    piece = re.split(r"(?<=[а-яё»)][а-яё»)][а-яё»)])(?<!зав)(?<!зам)(?<!нач)(?<!пом)\.(?:\s|$)", piece)[0]
    piece = piece.strip(" ,.;:–—-_/")
    piece = _REASON.sub("", piece)
    piece = re.sub(
        r"\s*\((?:вед|председ|секрет)[^)]*\)?$",
        "",
        piece.strip("()") if piece.count("(") != piece.count(")") else piece,
    )
    return (
        re.sub(r"\s+", " ", piece)
        if re.search(r"[А-Яа-яЁё]{3}", piece) and len(piece) < 300 and not _STATUS.match(piece)
        else None
    )


_STATUS = re.compile(
    r"(?:(?:председател\w*|(?:ответственный\s+)?секретар\w*|член\w*)(?:\s+(?:комиссии|совета|"
    r"собрания|штаба|правления|профкома))?|присутств\w*|отсутств\w*|приглаш\w*|"
    r"и(?:\s+др)?|по\s+уважительной\s+причине|болезнь|отпуск|командировка|б/л|(?:вед[её]т|в[её]л[аи]?)\s+\w+)\W*$",
    re.IGNORECASE,
)


def participant(
    mention: Mention,
    role: ParticipantRole,
    rule: str,
    case: Case | None = None,
    gender: Gender | None = None,
    agenda_index: int | None = None,
) -> Participant:
    """A participant of a mention, name and post in the nominative."""
    name, offset = mention.name, mention.offset
    person = nominative_name(name, case=case, gender=gender)
    post = singular_phrase(nominative_phrase(mention.post, case)) if mention.post else None
    if post is not None and not _is_post(post):
        post = None
    return Participant(
        person.text, mention.raw, "person", role, offset + name.start, offset + name.end, rule, post,
        agenda_index=agenda_index, is_undecided=person.is_undecided,
    )  # fmt: skip


def _is_post(phrase: str) -> bool:
    """Whether what stands beside a name is a post: «5 чел.», «сообщила, что шум повторяется» are none."""
    words_of = re.findall(r"[а-яё]{4,}", phrase.lower())
    return entity_type(phrase) == "post" and not any(is_verb_form(word) for word in words_of)


def name_key(name: str) -> str:
    """Surname and initials, which two spellings of one person share: «Иванова Анна Петровна» → «иванова а п»."""
    parts = re.findall(r"[а-яё-]+", name.lower().replace("ё", "е"))
    return " ".join([parts[0], *(p[0] for p in parts[1:3])]) if parts else ""


def parse_signatures(source: Source, segmentation: Segmentation, known: list[Participant]) -> list[Participant]:
    """Who signed: the chair and the secretary where the head named none, the others as signatories."""
    return _signed(source, segmentation.of("signature"), known)


def parse_all_signatures(source: Source, segmentation: Segmentation) -> list[Participant]:
    """The signatories of a document of another kind: a letter may have its own before the attachment's."""
    signed: list[Participant] = []
    for is_signature, run in groupby(segmentation.parts, key=_looks_signed):
        if is_signature:
            signed += _signed(source, list(run), [])
    return [replace(person, role="signatory") for person in signed]


def _looks_signed(part: Part) -> bool:
    return part.unit.label is None and is_signature_line(part.unit, None)


def _signed(source: Source, parts: list[Part], known: list[Participant]) -> list[Participant]:
    signed: list[Participant] = []
    text, offset = _joined(source, parts)
    position = 0
    label = ""
    for name in find_names(text):
        before = text[position : name.start]
        if re.search(r"(?:^|\n)\s*исп(?:\.|олнитель)[^\n]*$", before, re.I):
            position = name.end
            continue
        label = (
            before
            if re.search(r"[А-Яа-яЁё]{4}", before)
            else label
            if "\n" not in before.strip("\n _/") and not before.strip(" \n,_/")
            else ""
        )
        mention = Mention(name, text[name.start : name.end], _signature_post(label), offset)
        person = _signatory(mention, label, [*known, *signed])
        if person:
            signed.append(person)
        position = name.end
    return signed


def _joined(source: Source, parts: list[Part]) -> tuple[str, int]:
    if not parts:
        return "", 0
    start, end = parts[0].unit.start, parts[-1].unit.end
    return source.clean[start:end], start


def _signatory(mention: Mention, label: str, known: list[Participant]) -> Participant | None:
    role = "chair" if re.match(r"\W*председател", label, re.I) else _role_before(label)
    taken = {p.role for p in known}
    if role in ("chair", "secretary") and role not in taken:
        return participant(mention, role, "signature_role")
    person = participant(mention, "signatory", "signature")
    if any(p.role in ("chair", "secretary") and name_key(p.name) == name_key(person.name) for p in known):
        return None
    return person


def _signature_post(label: str) -> str | None:
    text = re.sub(r"[_/|]+|\(подпись\)|[«\"]?\d{1,2}[»\"]?[\s.]+[\w.]+\s*\d{4}\s*г?(?:ода|\.)?", " ", label)
    return _post_text(re.sub(r"\s+", " ", text))


def parse_stamp(source: Source, segmentation: Segmentation, known: list[Participant]) -> list[Participant]:
    """Who approved by the stamp «УТВЕРЖДАЮ» over the title."""
    parts = segmentation.of("header")
    at = next((i for i, p in enumerate(parts[:20]) if re.search(r"утверждаю", p.unit.text, re.I)), None)
    if at is None:
        return []
    text, offset = _joined(source, parts[at : at + 6])
    stamp = re.search(r"утверждаю\W*", text, re.I)
    start = stamp.end() if stamp else 0
    names = find_names(text[start : start + 300])[:1]
    if not names:
        return []
    name = names[0]
    post = _post_text(text[start : start + name.start].replace("\n", " "))
    raw = text[start + name.start : start + name.end]
    person = participant(Mention(name, raw, post, offset + start), "signatory", "approval_stamp")
    return [] if any(p.role == "chair" and name_key(p.name) == name_key(person.name) for p in known) else [person]

"""The tables of the dataset: every column with its type, Russian title and meaning, declared once.

The Arrow schemas, the checks of `quality` and the data dictionary are all made from `TABLES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import pyarrow as pa

from pipeline import model

TEXT, DATE, BOOL = pa.string(), pa.date32(), pa.bool_()
INT, LONG, REAL = pa.int32(), pa.int64(), pa.float64()
TIME = pa.timestamp("us", tz="UTC")

STATUSES = ("extracted", "partial", "not_a_protocol", "duplicate", "unsupported", "failed")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `refers_to` names the table whose primary key it holds, `values` the only values allowed."""

    name: str
    type: pa.DataType
    title: str
    meaning: str
    nullable: bool = False
    refers_to: str | None = None
    values: tuple[str, ...] = ()

    @property
    def field(self) -> pa.Field:
        """The Arrow field, with the title and the meaning in its metadata."""
        metadata = {"title": self.title, "description": self.meaning}
        return pa.field(self.name, self.type, nullable=self.nullable, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` is its primary key (empty for `issues`), `raw` the column that equals `text[start:end]`."""

    name: str
    title: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    raw: str | None = None

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([column.field for column in self.columns], metadata={"title": self.title, "row": self.row})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)

    @property
    def references(self) -> Iterator[tuple[str, str]]:
        """The foreign keys: (column, table it refers to)."""
        return ((column.name, column.refers_to) for column in self.columns if column.refers_to)


def _key(name: str, title: str, meaning: str) -> Column:
    return Column(name, TEXT, title, meaning)


def _ref(name: str, table: str, title: str, meaning: str, nullable: bool = False) -> Column:
    return Column(name, TEXT, title, meaning, nullable, refers_to=table)


def _opt(name: str, kind: pa.DataType, title: str, meaning: str) -> Column:
    return Column(name, kind, title, meaning, nullable=True)


def _enum(name: str, title: str, meaning: str, values: tuple[str, ...]) -> Column:
    return Column(name, TEXT, title, meaning, values=values)


DOCUMENT = _ref("document_id", "documents", "Документ", "Документ, из которого взята строка")
MEETING = _ref("meeting_id", "meetings", "Заседание", "Заседание, к которому относится строка")
AGENDA = _ref("agenda_item_id", "agenda_items", "Вопрос повестки", "Вопрос, к которому относится строка", True)
DECISION = _ref("decision_id", "decisions", "Решение", "Решение, к которому относится строка")
PERSON = _ref("person_id", "persons", "Лицо", "Тот же человек во всём архиве; пусто, если неясно, кто это", True)
POSITION = Column("position", INT, "Порядок", "Место по порядку, с 0")
START = Column("start", INT, "Начало", "Смещение первого знака в texts.text")
END = Column("end", INT, "Конец", "Смещение за последним знаком в texts.text")
RULE = Column("rule", TEXT, "Правило", "Имя правила, которое нашло значение")
INHERITED = Column("is_inherited", BOOL, "Унаследовано", "Взято из вводного абзаца, а не из самого пункта")
PAGE = _opt("page_no", INT, "Страница", "Номер страницы с 1, если у формата есть страницы")
DISTRICT = _opt("district", TEXT, "Район", "Район в именительном падеже: «Калининский район»")
REGION = _opt("region", TEXT, "Регион", "Регион в именительном падеже")
ORGANIZATION = _opt("organization", TEXT, "Организация", "Чей это документ, как напечатано")
NUMBER = _opt("number", TEXT, "Номер", "Номер документа, как напечатан, без знака №")
DAY = _opt("date", DATE, "Дата", "Дата заседания или документа")

# fmt: off — the declarations read as a table
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "files", "Файлы", "файл архива, прочитанный или нет", ("source_path",),
            (
                Column("source_path", TEXT, "Путь", "Путь внутри архива, через /"),
                _ref("document_id", "documents", "Документ", "Содержимое файла; пусто, если файл не прочитан", True),
                Column("bytes", LONG, "Размер", "Размер в байтах"),
                Column("modified_at", TIME, "Изменён", "Время изменения файла, UTC"),
                Column("media_type", TEXT, "Тип", "Тип по содержимому, а не по имени"),
                _enum("status", "Состояние", "Чем кончилось чтение", STATUSES),
                _opt("error_code", TEXT, "Код ошибки", "Короткий код, один на причину"),
                _opt("error_message", TEXT, "Ошибка", "Что случилось и что делать, словами"),
                Column("seconds", REAL, "Секунды", "Сколько заняла обработка; единственное измеренное значение набора"),
                _opt("sha256", TEXT, "SHA-256", "Отпечаток байтов; пусто, если файл не удалось открыть"),
            ),
        ),
        Table(
            "documents", "Документы", "отдельное содержимое", ("document_id",),
            (
                _key("document_id", "Документ", "Первые 16 шестнадцатеричных цифр SHA-256 байтов"),
                _enum("kind", "Вид", "Вид документа", get_args(model.Kind)),
                Column("kind_score", REAL, "Уверенность в виде", "От 0 до 1"),
                _opt("title", TEXT, "Заголовок", "Заголовок, как напечатан"),
                NUMBER, DAY, ORGANIZATION, DISTRICT, REGION,
                _enum("text_source", "Откуда текст", "Из файла, с распознанного образа или вперемешку",
                      get_args(model.TextSource)),
                _opt("page_count", INT, "Страниц", "Число страниц; пусто, если формат их не хранит"),
                Column("character_count", INT, "Знаков", "Длина texts.text"),
                _opt("ocr_confidence", REAL, "Уверенность распознавания", "От 0 до 1; пусто, если не распознавали"),
                _ref("meeting_id", "meetings", "Заседание", "Заседание; пусто, если это не протокол", True),
                Column("needs_review", BOOL, "Нужна проверка", "Есть предупреждения или низкая уверенность"),
                Column("pipeline_version", TEXT, "Версия", "Версия программы, которая это извлекла"),
                _opt("known_word_share", REAL, "Доля известных слов", "Какая доля слов текста есть в словаре"),
                _opt("folder_district", TEXT, "Район по папке", "Район, который называет папка файла, а не документ"),
                _opt("folder_region", TEXT, "Регион по папке", "Регион, который называет папка файла, а не документ"),
            ),
        ),
        Table(
            "texts", "Тексты", "канонический текст документа", ("document_id",),
            (DOCUMENT, Column("text", TEXT, "Текст", "Текст, на который указывают все смещения")),
        ),
        Table(
            "lines", "Строки", "строка документа", ("document_id", "line_no"),
            (
                DOCUMENT, Column("line_no", INT, "Номер строки", "По порядку, с 0"), START, END, PAGE,
                _opt("x0", REAL, "Слева", "Левый край в пунктах"),
                _opt("top", REAL, "Сверху", "Верхний край в пунктах от верха страницы"),
                _opt("x1", REAL, "Справа", "Правый край в пунктах"),
                _opt("bottom", REAL, "Снизу", "Нижний край в пунктах от верха страницы"),
                _enum("block_kind", "Часть документа", "К какой части документа относится строка",
                      get_args(model.BlockKind)),
                _opt("label", TEXT, "Номер пункта", "Номер списка, как напечатан или как его напечатал бы Word"),
                _opt("ocr_confidence", REAL, "Уверенность распознавания", "От 0 до 1; пусто, если не распознавали"),
                _opt("raw_text", TEXT, "Как прочитано", "Что прочитала программа распознавания до исправлений; "
                     "пусто, если исправлять не пришлось"),
            ),
        ),
        Table(
            "pages", "Страницы", "страница документа: чем и как хорошо прочитана", ("document_id", "page_no"),
            (
                DOCUMENT, Column("page_no", INT, "Страница", "Номер страницы с 1"),
                _enum("text_source", "Откуда текст", "Текст из файла или распознан", ("text_layer", "ocr")),
                _opt("width", REAL, "Ширина", "В пунктах"), _opt("height", REAL, "Высота", "В пунктах"),
                _opt("ocr_confidence", REAL, "Уверенность распознавания", "От 0 до 1; пусто, если не распознавали"),
                _opt("known_word_share", REAL, "Доля известных слов", "Какая доля слов страницы есть в словаре"),
                _opt("turn", REAL, "Поворот", "На сколько градусов против часовой стрелки повёрнут скан"),
            ),
        ),
        Table(
            "meetings", "Заседания", "заседание; файл и его скан — одно", ("meeting_id",),
            (
                _key("meeting_id", "Заседание", "Ключ из района, органа, даты и номера"),
                _ref("document_id", "documents", "Лучшая копия", "Документ, из которого взяты сведения"),
                _opt("body", TEXT, "Орган", "Чьё заседание: «совещание с руководителями ОО»"),
                NUMBER, DAY, _opt("place", TEXT, "Место", "Где проходило"), ORGANIZATION, DISTRICT, REGION,
                _opt("quorum", BOOL, "Кворум", "Сказано ли, что кворум есть"),
                _opt("attendee_count", INT, "Присутствовало", "Число присутствующих, если напечатано"),
            ),
        ),
        Table(
            "agenda_items", "Вопросы повестки", "вопрос повестки", ("agenda_item_id",),
            (
                _key("agenda_item_id", "Вопрос", "Ключ вопроса"), MEETING, DOCUMENT, POSITION,
                _opt("label", TEXT, "Номер", "Номер, как напечатан"),
                Column("text", TEXT, "Вопрос", "Текст без номера и докладчика"), START, END,
            ),
        ),
        Table(
            "speeches", "Выступления", "кого слушали или кто выступил", ("speech_id",),
            (
                _key("speech_id", "Выступление", "Ключ выступления"), MEETING, DOCUMENT, AGENDA,
                _ref("participant_id", "participants", "Участник", "Кто говорил", True),
                _enum("kind", "Вид", "Слушали или выступил", ("heard", "spoke")),
                Column("text", TEXT, "Текст", "Что сказано"), START, END,
            ),
        ),
        Table(
            "participants", "Участники", "участие человека или группы в заседании", ("participant_id",),
            (
                _key("participant_id", "Участие", "Ключ участия"),
                _ref("meeting_id", "meetings", "Заседание", "Пусто, если документ не протокол", True),
                DOCUMENT, PERSON,
                Column("name", TEXT, "Имя", "Именительный падеж, сначала фамилия"),
                Column("name_raw", TEXT, "Имя в документе", "Как напечатано"),
                _enum("entity_type", "Кто это", "Лицо, должность или группа", ("person", "post", "group")),
                _enum("role", "Роль", "Роль на заседании", get_args(model.ParticipantRole)),
                _opt("post", TEXT, "Должность", "Именительный падеж"),
                _opt("organization", TEXT, "Организация", "Где работает, если напечатано"), START, END, AGENDA, RULE,
            ),
            raw="name_raw",
        ),
        Table(
            "decisions", "Решения", "узел дерева решений", ("decision_id",),
            (
                _key("decision_id", "Решение", "Ключ решения"), MEETING, DOCUMENT, AGENDA,
                _ref("parent_id", "decisions", "Над ним", "Узел, в который входит этот", True), POSITION,
                _opt("label", TEXT, "Номер", "Номер, как напечатан: «1», «2.1», «-»"),
                Column("path", TEXT, "Путь", "Порядковый путь в дереве: «2/1»"),
                Column("is_leaf", BOOL, "Поручение", "Лист дерева: одно поручение со своим сроком и ответственными"),
                _enum("classification", "Вид решения", "Поручение, рекомендация, сведения …",
                      get_args(model.Classification)),
                _enum("outcome", "Исход", "Принято или отклонено", ("adopted", "rejected")),
                Column("text", TEXT, "Что сделать", "Без номера, срока и ответственных"),
                _opt("context", TEXT, "Вводные слова", "Абзацы над пунктом, которые к нему относятся"),
                START, END, PAGE, RULE, Column("score", REAL, "Уверенность", "От 0 до 1"),
            ),
        ),
        Table(
            "deadlines", "Сроки", "один срок решения", ("deadline_id",),
            (
                _key("deadline_id", "Срок", "Ключ срока"), DECISION, DOCUMENT, POSITION,
                Column("text", TEXT, "Срок в документе", "Как напечатан"),
                _enum("kind", "Вид срока", "К дате, на дату, повторяющийся …", get_args(model.DeadlineKind)),
                _opt("start_date", DATE, "С даты", "Первый день"),
                _opt("due_date", DATE, "По дату", "Последний день, включительно"),
                _opt("rrule", TEXT, "Повторение", "RFC 5545 без «RRULE:»; DTSTART — start_date или дата заседания"),
                _opt("event", TEXT, "Событие", "Событие или условие, к которому привязан срок"),
                _opt("offset", TEXT, "Сдвиг", "Длительность ISO 8601 от события: P10D после, -P10D до"),
                _opt("anchor_date", DATE, "От даты", "Дата, от которой срок посчитан"),
                Column("is_ambiguous", BOOL, "Неоднозначно", "Внимательный читатель мог бы понять иначе"),
                INHERITED, START, END, RULE,
                _opt("part", TEXT, "О чём", "Часть составного срока: «отчёт», «проект»"),
            ),
            raw="text",
        ),
        Table(
            "assignees", "Ответственные", "кто отвечает за решение", ("assignee_id",),
            (
                _key("assignee_id", "Ответственный", "Ключ ответственного"), DECISION, DOCUMENT, POSITION,
                Column("name", TEXT, "Имя", "Именительный падеж; у лица сначала фамилия"),
                Column("name_raw", TEXT, "Имя в документе", "Как напечатано"),
                _enum("entity_type", "Кто это", "Лицо, должность, группа или организация", get_args(model.EntityType)),
                PERSON,
                _ref("organization_id", "organizations", "Организация", "Та же организация во всём архиве", True),
                _enum("role", "Роль", "Отвечает, соисполнитель или контролирует", get_args(model.AssigneeRole)),
                INHERITED, START, END, RULE, _opt("post", TEXT, "Должность", "Должность названного лица"),
            ),
            raw="name_raw",
        ),
        Table(
            "votes", "Голоса", "один напечатанный подсчёт", ("vote_id",),
            (
                _key("vote_id", "Подсчёт", "Ключ подсчёта"), MEETING, DOCUMENT, AGENDA,
                _ref("decision_id", "decisions", "Решение", "Решение, за которое голосовали", True),
                _enum("option", "Как голосовали", "За, против, воздержались", get_args(model.VoteOption)),
                _opt("value", INT, "Голосов", "Сколько; пусто, если напечатано только «единогласно»"),
                Column("is_unanimous", BOOL, "Единогласно", "Напечатано ли слово «единогласно»"), START, END,
            ),
        ),
        Table(
            "persons", "Лица", "человек во всём архиве", ("person_id",),
            (
                _key("person_id", "Лицо", "Ключ из района, фамилии и инициалов"),
                Column("name", TEXT, "Имя", "Самая полная форма, сначала фамилия"),
                Column("family_name", TEXT, "Фамилия", "Именительный падеж"),
                _opt("given_name", TEXT, "Имя", "Если напечатано полностью"),
                _opt("patronymic_name", TEXT, "Отчество", "Если напечатано полностью"),
                Column("initials", TEXT, "Инициалы", "«В.В.»"),
                Column("mention_count", INT, "Упоминаний", "Строк участников и ответственных"),
                _opt("first_date", DATE, "Впервые", "Дата первого документа с датой"),
                _opt("last_date", DATE, "В последний раз", "Дата последнего документа с датой"), DISTRICT,
            ),
        ),
        Table(
            "organizations", "Организации", "организация во всём архиве", ("organization_id",),
            (
                _key("organization_id", "Организация", "Ключ из района и названия"),
                Column("name", TEXT, "Название", "Самое частое написание"),
                _opt("classification", TEXT, "Вид", "Вид организации, если он известен"), DISTRICT,
                Column("mention_count", INT, "Упоминаний", "Сколько раз названа"),
            ),
        ),
        Table(
            "issues", "Замечания", "предупреждение или ошибка", (),
            (
                _ref("document_id", "documents", "Документ", "Пусто, если файл не прочитан", True),
                _ref("source_path", "files", "Путь", "Файл, в котором это встретилось", True),
                _enum("severity", "Важность", "Сведение, предупреждение, ошибка", get_args(model.Severity)),
                Column("code", TEXT, "Код", "Короткий код, один на причину"),
                Column("message", TEXT, "Сообщение", "Что случилось, словами"), PAGE,
                _opt("start", INT, "Начало", "Смещение первого знака в texts.text"),
                _opt("end", INT, "Конец", "Смещение за последним знаком в texts.text"),
            ),
        ),
    )
}
# fmt: on


def dictionary() -> str:
    """The data dictionary in Markdown."""
    parts = ["# Словарь данных", ""]
    for table in TABLES.values():
        parts += [f"## `{table.name}` — {table.title}", "", f"Строка: {table.row}.", ""]
        parts += ["| столбец | тип | пусто? | название | смысл |", "|---|---|---|---|---|"]
        parts += [_dictionary_row(table, column) for column in table.columns] + [""]
    return "\n".join(parts)


def _dictionary_row(table: Table, column: Column) -> str:
    key = " (ключ)" if column.name in table.key else ""
    link = f" → `{column.refers_to}`" if column.refers_to else ""
    values = ": " + ", ".join(f"`{value}`" for value in column.values) if column.values else ""
    null = "да" if column.nullable else "нет"
    return f"| `{column.name}`{key} | {column.type}{link} | {null} | {column.title} | {column.meaning}{values} |"

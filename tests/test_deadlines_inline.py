"""Deadlines inside sentences: ⟦…⟧ marks what is found and may be cut out; a sentence without marks holds none."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.deadlines import find_deadlines
from pipeline.model import Deadline

ANCHOR = date(2024, 2, 28)


def shown(row: Deadline) -> str:
    """`kind start..end RRULE «event» offset ~` with what is NULL left out; ~ marks a doubtful row."""
    span = f"{row.start_date or ''}..{row.due_date or ''}" if row.start_date or row.due_date else ""
    event = f"«{row.event}»" if row.event else ""
    return " ".join(filter(None, (row.kind, span, row.rrule, event, row.offset, "~" if row.is_ambiguous else "")))


# (sentence, rows of each place joined by « | », reason)
ROWS = [
    ("Представить отчет ⟦в срок до 20 января⟧.", "by_date ..2025-01-20", "«в срок …» goes with the clause"),
    (
        "Направить информацию в министерство ⟦в срок до 20 января 2025 года⟧.",
        "by_date ..2025-01-20",
        "«в срок …» goes with the clause",
    ),
    (
        "Директорам школ ⟦до 1 марта⟧ представить планы работы.",
        "by_date ..2024-03-01",
        "«до», «к», «не позднее» with a date",
    ),
    ("⟦До 1 марта ⟧представить планы работы.", "by_date ..2024-03-01", "«до», «к», «не позднее» with a date"),
    (
        "Руководителям ОО ⟦в срок до 15.03.2024⟧ разместить информацию на сайте.",
        "by_date ..2024-03-15",
        "«в срок …» goes with the clause",
    ),
    (
        "Подготовить проект решения ⟦не позднее 15 апреля 2024 г⟧.",
        "by_date ..2024-04-15",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "⟦Не позднее 10 числа каждого месяца ⟧направлять отчет.",
        "recurring FREQ=MONTHLY;BYMONTHDAY=10",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "⟦Ежеквартально до 5 числа месяца, следующего за отчетным, ⟧представлять отчет.",
        "recurring FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5",
        "the month after the reporting period",
    ),
    (
        "Представлять отчет ⟦ежеквартально до 5 числа⟧.",
        "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5",
        "a recurrence beside the verb, or with its bound",
    ),
    ("⟦Ежемесячно ⟧проводить мониторинг.", "recurring FREQ=MONTHLY", "a bare day on which the action is to be done"),
    ("Проводить мониторинг ⟦ежемесячно⟧.", "recurring FREQ=MONTHLY", "a recurrence beside the verb, or with its bound"),
    ("Обеспечить ежемесячный мониторинг.", "", "an adjective or attribute, not the adverb of the action"),
    ("Осуществлять ежемесячные выплаты.", "", "an adjective or attribute, not the adverb of the action"),
    ("Подготовить ежегодный отчет.", "", "a report period or a date of monitoring"),
    ("Организовать ежегодный конкурс «Учитель года».", "", "an adjective or attribute, not the adverb of the action"),
    (
        "⟦Ежегодно в сентябре ⟧проводить разъяснительную работу.",
        "recurring FREQ=YEARLY;BYMONTH=9",
        "a bare day on which the action is to be done",
    ),
    ("⟦В течение 10 дней ⟧подготовить ответ.", "duration 2024-02-28..2024-03-09", "a length from the anchor"),
    (
        "Подготовить ответ ⟦в течение 10 рабочих дней со дня получения запроса⟧.",
        "event «получение запроса» P10D/work",
        "counted from an event; its words end at the verb",
    ),
    ("⟦В 3-дневный срок ⟧устранить нарушения.", "duration 2024-02-28..2024-03-02", "a length from the anchor"),
    ("Устранить нарушения ⟦в недельный срок⟧.", "duration 2024-02-28..2024-03-06", "a length from the anchor"),
    ("⟦Постоянно ⟧вести работу с родителями.", "permanent", "permanent, beside the verb"),
    ("Вести работу с родителями ⟦постоянно⟧.", "permanent", "permanent, beside the verb"),
    ("Осуществлять контроль ⟦на постоянной основе⟧.", "permanent", "permanent, beside the verb"),
    ("Создать постоянно действующую комиссию.", "", "an adjective or attribute, not the adverb of the action"),
    ("Утвердить состав постоянно действующей комиссии.", "", "an adjective or attribute, not the adverb of the action"),
    ("Депутат, работающий на постоянной основе.", "", "an adjective or attribute, not the adverb of the action"),
    ("Провести проверку ⟦(срок – до 15.05)⟧.", "by_date ..2024-05-15", "after a label: it goes with the clause"),
    (
        "Провести проверку (отв. Иванова И.И.⟦, срок – до 15.05⟧).",
        "by_date ..2024-05-15",
        "after a label: it goes with the clause",
    ),
    (
        "Провести проверку. ⟦Срок: до 15.05.2024.⟧ Отв.: Иванов И.И.",
        "by_date ..2024-05-15",
        "after a label: it goes with the clause",
    ),
    (
        "Провести проверку⟦, срок исполнения – 15 мая 2024 года⟧, ответственный Петров П.П.",
        "on_date 2024-05-15..2024-05-15",
        "after a label: it goes with the clause",
    ),
    ("Завершить ремонт ⟦к 1 сентября⟧.", "by_date ..2024-09-01", "«до», «к», «не позднее» with a date"),
    ("Провести субботник ⟦в мае 2024 года⟧.", "interval 2024-05-01..2024-05-31", "a named period beside the verb"),
    ("⟦В мае 2024 года ⟧провести субботник.", "interval 2024-05-01..2024-05-31", "a named period beside the verb"),
    ("Провести конкурс ⟦с 1 по 15 октября⟧.", "interval 2024-10-01..2024-10-15", "from a day on, or a span"),
    (
        "Провести месячник ⟦в период с 1 по 30 апреля 2024 года⟧.",
        "interval 2024-04-01..2024-04-30",
        "from a day on, or a span",
    ),
    ("Вести журнал ⟦до конца учебного года⟧.", "by_date ..2024-05-31 «конец учебного года» ~", "the rest of a period"),
    ("Привлекать специалистов ⟦по мере необходимости⟧.", "conditional «необходимость»", "as needed"),
    ("⟦По мере необходимости ⟧привлекать специалистов.", "conditional «необходимость»", "as needed"),
    (
        "⟦При необходимости ⟧привлекать специалистов.",
        "conditional «необходимость»",
        "a condition before the only verb, or closing the sentence",
    ),
    ("Исполнить приказ от 15.01.2024 № 12.", "", "the date of an act, a letter, a contract"),
    (
        "Во исполнение решения Думы от 29 декабря 2023 года № 123 утвердить план.",
        "",
        "the date of an act, a letter, a contract",
    ),
    ("Утвердить отчет за 2023 год.", "", "a report period or a date of monitoring"),
    ("Подвести итоги за август, сентябрь 2024 года.", "", "a report period or a date of monitoring"),
    ("Рассмотреть показатели по состоянию на 01.10.2024.", "", "a report period or a date of monitoring"),
    ("Утвердить бюджет на 2026 год.", "", "the year of a budget, plan or programme"),
    ("Утвердить план работы на 2024 год.", "", "the year of a budget, plan or programme"),
    ("Утвердить план работы на 2023/2024 учебный год.", "", "the year of a budget, plan or programme"),
    ("Реализовать программу «Развитие образования» на 2021-2025 годы.", "", "the year of a budget, plan or programme"),
    ("О реализации муниципальной программы до 2030 года.", "", "the year of a budget, plan or programme"),
    ("Подготовка к новому учебному году.", "", "what it is prepared for, not when"),
    ("Обеспечить подготовку к новому учебному году.", "", "what it is prepared for, not when"),
    ("Организовать мероприятия ко Дню Победы.", "", "a feast, not a term"),
    ("Провести праздничные мероприятия к 9 Мая.", "", "a feast, not a term"),
    (
        "Принять к сведению информацию о проведенном 15 января 2024 года совещании.",
        "",
        "a past event or another meeting",
    ),
    ("Совещание, состоявшееся 10.02.2024, признать результативным.", "", "a past event or another meeting"),
    ("Расторгнуть договор № 15/03 от 12.12.2023.", "", "the date of an act, a letter, a contract"),
    ("Земельный участок с кадастровым номером 50:15:0010203:1234.", "", "ages, amounts, votes, times of day"),
    ("За – 67,79 % голосов.", "", "ages, amounts, votes, times of day"),
    ("Выделить 15000 рублей на ремонт.", "", "ages, amounts, votes, times of day"),
    ("Предоставить услуги гражданам в возрасте до 18 лет.", "", "ages, amounts, votes, times of day"),
    ("Организовать питание детей от 7 до 11 лет.", "", "ages, amounts, votes, times of day"),
    ("Работа ведется с 2006 года.", "", "nothing that says when"),
    ("Прием граждан с 9.00 до 18.00.", "", "nothing that says when"),
    ("Позвонить по телефону 8 (495) 123-15-05.", "", "ages, amounts, votes, times of day"),
    ("Своевременно формировать заявку на курсы.", "", "an adverb without a term"),
    ("Систематически проводить инструктажи.", "", "an adverb without a term"),
    ("Регулярно проводить родительские собрания.", "", "an adjective or attribute, not the adverb of the action"),
    ("Обеспечить посещение регулярных занятий.", "", "an adjective or attribute, not the adverb of the action"),
    (
        "⟦В случае выявления нарушений ⟧сообщать в управление.",
        "conditional «выявление нарушений»",
        "a condition before the only verb, or closing the sentence",
    ),
    (
        "Назначить публичные слушания ⟦на 16 марта 2025 г.⟧ в 12:00.",
        "on_date 2025-03-16..2025-03-16",
        "a bare day on which the action is to be done",
    ),
    (
        "Назначить собрание ⟦на март 2025 года⟧.",
        "interval 2025-03-01..2025-03-31",
        "a bare day on which the action is to be done",
    ),
    (
        "Провести собрание ⟦15 мая 2024 года в 15.00⟧.",
        "on_date 2024-05-15..2024-05-15",
        "a bare day on which the action is to be done",
    ),
    ("Заслушать отчет ⟦на следующем заседании⟧.", "event «следующее заседание»", "the next meeting"),
    ("Ввести в действие ⟦с 1 сентября 2024 года⟧.", "interval 2024-09-01..", "from a day on, or a span"),
    ("Начать отопительный сезон ⟦с 1 октября⟧.", "interval 2024-10-01..", "from a day on, or a span"),
    (
        "Проводить совещания ⟦еженедельно по понедельникам⟧.",
        "recurring FREQ=WEEKLY;BYDAY=MO",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Проводить совещания ⟦каждый понедельник⟧.",
        "recurring FREQ=WEEKLY;BYDAY=MO",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Проверять журналы ⟦не реже 1 раза в месяц⟧.",
        "recurring FREQ=MONTHLY",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Проверять журналы ⟦не реже одного раза в квартал⟧.",
        "recurring FREQ=MONTHLY;INTERVAL=3",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "⟦Раз в квартал ⟧заслушивать отчеты.",
        "recurring FREQ=MONTHLY;INTERVAL=3",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "⟦До 10 апреля, 10 июля, 10 октября ⟧представлять отчет.",
        "by_date ..2024-04-10 || by_date ..2024-07-10 || by_date ..2024-10-10",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Погасить задолженность ⟦до 31 августа 2024 года и ежемесячно⟧ оплачивать взносы.",
        "by_date ..2024-08-31 || recurring FREQ=MONTHLY",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Срок полномочий комиссии – до 31.12.2025.", "", "the term of something else"),
    ("Продлить срок действия договора до 31.12.2024.", "", "the term of something else"),
    ("Установить срок исполнения ⟦до 1 мая 2024 года⟧.", "by_date ..2024-05-01", "«до», «к», «не позднее» with a date"),
    ("Контроль за исполнением возложить на Иванова И.И.", "", "nothing that says when"),
    (
        "Провести проверку ⟦в I квартале 2024 года⟧.",
        "interval 2024-01-01..2024-03-31",
        "a named period beside the verb",
    ),
    ("Провести проверку ⟦в первой декаде марта⟧.", "interval 2024-03-01..2024-03-10", "a named period beside the verb"),
    ("Разработать график ⟦в течение учебного года⟧.", "interval 2024-02-28..2024-05-31 ~", "the rest of a period"),
    ("⟦В течение учебного года ⟧проводить консультации.", "interval 2024-02-28..2024-05-31 ~", "the rest of a period"),
    (
        "Провести ⟦в течение 2024 года⟧ не менее двух проверок.",
        "interval 2024-01-01..2024-12-31",
        "the rest of a period",
    ),
    (
        "⟦В течение месяца ⟧разработать план мероприятий.",
        "duration 2024-02-28..2024-03-28 ~",
        "a length from the anchor",
    ),
    ("Снизить показатели до 5 процентов.", "", "a report period or a date of monitoring"),
    ("Увеличить охват до 80 % ⟦к концу 2024 года⟧.", "by_date ..2024-12-31", "«до», «к», «не позднее» with a date"),
    ("Обеспечить 100% охват к 2025 году.", "", "ages, amounts, votes, times of day"),
    ("Подготовить учреждения к зимнему периоду.", "", "what it is prepared for, not when"),
    ("Подготовить отчет по итогам 2023 года.", "", "a report period or a date of monitoring"),
    (
        "Представить отчет по итогам I квартала ⟦до 10 апреля⟧.",
        "by_date ..2024-04-10",
        "«до», «к», «не позднее» with a date",
    ),
    ("Провести проверку ⟦до конца года⟧.", "by_date ..2024-12-31", "«до», «к», «не позднее» with a date"),
    ("Рассмотреть вопрос повторно ⟦до конца марта⟧.", "by_date ..2024-03-31", "«до», «к», «не позднее» with a date"),
    ("Организовать летний отдых детей ⟦в период летних каникул⟧.", "event «период летних каникул»", "a school term"),
    ("Принять участие в конкурсе, который состоится 20 апреля 2024 года.", "", "ages, amounts, votes, times of day"),
    (
        "Довести решение до сведения педагогов ⟦до 05.03.2024⟧.",
        "by_date ..2024-03-05",
        "«до», «к», «не позднее» with a date",
    ),
    ("Довести до сведения родителей.", "", "nothing that says when"),
    ("Привести в соответствие ⟦до 01.09.2024г⟧.", "by_date ..2024-09-01", "«до», «к», «не позднее» with a date"),
    (
        "Директору МБОУ СОШ № 5 (Иванова И.И.) ⟦до 1 апреля 2024 года⟧ подготовить помещение.",
        "by_date ..2024-04-01",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Рекомендовать администрации ⟦в срок до 1 мая т.г.⟧ рассмотреть вопрос.",
        "by_date ..2024-05-01",
        "«в срок …» goes with the clause",
    ),
    (
        "Заседание комиссии провести ⟦20.03.2024⟧.",
        "on_date 2024-03-20..2024-03-20",
        "a bare day on which the action is to be done",
    ),
    ("Протокол от 28.02.2024 № 3 утвердить.", "", "the date of an act, a letter, a contract"),
    ("Пункт 2.1 решения от 10.01.2024 снять с контроля.", "", "the date of an act, a letter, a contract"),
    ("Снять с контроля поручение со сроком до 01.02.2024.", "", "the term of something else"),
    ("Отчет представить ⟦до 1 мая⟧.", "by_date ..2024-05-01", "«до», «к», «не позднее» with a date"),
    (
        "⟦В срок не позднее 3 рабочих дней ⟧направить протокол членам комиссии.",
        "duration 2024-02-28..2024-03-04",
        "«в срок …» goes with the clause",
    ),
    (
        "Направить протокол ⟦не позднее 3 дней после заседания⟧.",
        "event «заседание» P3D",
        "counted from an event; its words end at the verb",
    ),
    (
        "⟦Не позднее чем за 10 дней до начала мероприятия ⟧согласовать программу.",
        "event «начало мероприятия» -P10D",
        "counted from an event; its words end at the verb",
    ),
    ("Обеспечить работу пункта в рабочие дни с 9 до 18 часов.", "", "ages, amounts, votes, times of day"),
    (
        "⟦Еженедельно, по пятницам, ⟧представлять сводку.",
        "recurring FREQ=WEEKLY;BYDAY=FR",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Сводку представлять ⟦еженедельно (пятница)⟧.",
        "recurring FREQ=WEEKLY;BYDAY=FR",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Занятия проводить ⟦по вторникам и четвергам⟧.",
        "recurring FREQ=WEEKLY;BYDAY=TU,TH",
        "a recurrence beside the verb, or with its bound",
    ),
    ("⟦В 2024 году ⟧провести капитальный ремонт.", "interval 2024-01-01..2024-12-31", "a named period beside the verb"),
    ("Провести капитальный ремонт ⟦в 2025 году⟧.", "interval 2025-01-01..2025-12-31", "a named period beside the verb"),
    ("Информация о работе в 2023 году принята к сведению.", "", "a report period or a date of monitoring"),
    ("⟦С нового учебного года ⟧ввести единую форму.", "interval 2024-09-01.. ~", "the rest of a period"),
    (
        "Директорам ОО ⟦в срок до 15.03.2024⟧ представить в управление образования отчеты.",
        "by_date ..2024-03-15",
        "«в срок …» goes with the clause",
    ),
    (
        "Классным руководителям ⟦в течение недели⟧ провести родительские собрания.",
        "duration 2024-02-28..2024-03-06 ~",
        "a length from the anchor",
    ),
    ("Ответственным лицам немедленно устранить нарушения.", "", "an adverb without a term"),
    (
        "Обеспечить выполнение плана в полном объеме ⟦до 25 декабря текущего года⟧.",
        "by_date ..2024-12-25",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Принять решение Совета депутатов «О бюджете на 2024 год и плановый период 2025 и 2026 годов».",
        "",
        "the year of a budget, plan or programme",
    ),
    (
        "Утвердить муниципальную программу «Развитие спорта» на 2024–2026 годы.",
        "",
        "the year of a budget, plan or programme",
    ),
    ("Признать утратившим силу постановление от 01.02.2020 № 15.", "", "the date of an act, a letter, a contract"),
    ("Внести изменения в приказ от 10 января 2024 года № 5-од.", "", "the date of an act, a letter, a contract"),
    ("Утвердить отчет об исполнении бюджета за 2023 год.", "", "a report period or a date of monitoring"),
    ("Утвердить отчет об исполнении бюджета за I квартал 2024 года.", "", "a report period or a date of monitoring"),
    (
        "Информацию о результатах мониторинга за январь-февраль 2024 года принять к сведению.",
        "",
        "a report period or a date of monitoring",
    ),
    ("Одобрить итоги работы за первое полугодие 2024 года.", "", "a report period or a date of monitoring"),
    (
        "По состоянию на 01.03.2024 задолженность составляет 15,2 тыс. рублей.",
        "",
        "a report period or a date of monitoring",
    ),
    ("Установлено, что на 01.10.2022 работы не завершены.", "", "a report period or a date of monitoring"),
    ("Избрать председателем комиссии Иванова И.И. сроком на 3 года.", "", "the term of something else"),
    (
        "Назначить дату следующего заседания ⟦на 20 марта 2024 года⟧.",
        "on_date 2024-03-20..2024-03-20",
        "a bare day on which the action is to be done",
    ),
    (
        "Следующее заседание провести ⟦20 марта 2024 года⟧.",
        "on_date 2024-03-20..2024-03-20",
        "a bare day on which the action is to be done",
    ),
    ("Заседание, назначенное на 5 марта 2024 года, отменить.", "", "a past event or another meeting"),
    (
        "Перенести заседание с 5 марта ⟦на 12 марта 2024 года⟧.",
        "on_date 2024-03-12..2024-03-12",
        "a bare day on which the action is to be done",
    ),
    (
        "Комиссии (председатель Иванов И.И.) ⟦до 01.04.2024 г.⟧ провести обследование.",
        "by_date ..2024-04-01",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Организовать дежурство в праздничные дни ⟦с 8 по 10 марта 2024 года⟧.",
        "interval 2024-03-08..2024-03-10",
        "from a day on, or a span",
    ),
    (
        "Организовать подвоз детей ⟦ежедневно, кроме выходных⟧.",
        "recurring FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Усилить контроль за посещаемостью, отчет представлять ⟦ежемесячно⟧.",
        "recurring FREQ=MONTHLY",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Продолжить ежедневный мониторинг температуры.", "", "an adjective or attribute, not the adverb of the action"),
    ("Вести ежедневный учет.", "", "an adjective or attribute, not the adverb of the action"),
    ("Обеспечить регулярное обновление сайта.", "", "an adjective or attribute, not the adverb of the action"),
    (
        "Обновлять сайт ⟦не реже одного раза в неделю⟧.",
        "recurring FREQ=WEEKLY",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Обновлять информацию ⟦2 раза в месяц⟧.",
        "recurring FREQ=MONTHLY;BYMONTHDAY=15,-1 ~",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Проводить заседания ⟦не менее 4 раз в год⟧.",
        "recurring FREQ=MONTHLY;INTERVAL=3 ~",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Обеспечить проведение 2 занятий в неделю.", "", "ages, amounts, votes, times of day"),
    ("Выделить 2 ставки на 0,5 года.", "", "ages, amounts, votes, times of day"),
    ("Увеличить количество часов до 34 в неделю.", "", "ages, amounts, votes, times of day"),
    ("Увеличить долю педагогов до 35 лет.", "", "ages, amounts, votes, times of day"),
    ("Довести заработную плату до 35 000 рублей.", "", "ages, amounts, votes, times of day"),
    ("Рассмотреть обращение № 15-05/24 от 15.05.2023.", "", "the date of an act, a letter, a contract"),
    (
        "Рассмотреть письмо министерства от 20.02.2024 № 01-05/123 и ⟦до 10.03.2024⟧ направить предложения.",
        "by_date ..2024-03-10",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Во исполнение приказа от 15.01.2024 № 12 ⟦в срок до 1 марта⟧ создать рабочую группу.",
        "by_date ..2024-03-01",
        "«в срок …» goes with the clause",
    ),
    (
        "На основании пункта 2.3 договора от 01.09.2023 продлить аренду ⟦до 31 августа 2025 года⟧.",
        "by_date ..2025-08-31",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Утвердить график отпусков на 2024 год ⟦не позднее 15 марта 2024 года⟧.",
        "by_date ..2024-03-15",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Подготовить план работы на 2024/2025 учебный год ⟦до 1 июня⟧.",
        "by_date ..2024-06-01",
        "«до», «к», «не позднее» with a date",
    ),
    ("Обеспечить готовность учреждений к началу учебного года.", "", "what it is prepared for, not when"),
    (
        "Завершить приемку школ ⟦к началу учебного года⟧.",
        "by_date ..2024-09-01 «начало учебного года» ~",
        "the rest of a period",
    ),
    (
        "Подготовить школу к новому учебному году ⟦до 15 августа⟧.",
        "by_date ..2024-08-15",
        "«до», «к», «не позднее» with a date",
    ),
    ("Провести инвентаризацию ⟦в IV квартале⟧.", "interval 2024-10-01..2024-12-31", "a named period beside the verb"),
    (
        "Провести инвентаризацию ⟦в четвертом квартале 2024 года⟧.",
        "interval 2024-10-01..2024-12-31",
        "a named period beside the verb",
    ),
    ("Запланировать ремонт на 2025 год.", "", "the year of a budget, plan or programme"),
    (
        "Запланировать проведение конкурса ⟦на май 2024 года⟧.",
        "interval 2024-05-01..2024-05-31",
        "a bare day on which the action is to be done",
    ),
    (
        "Провести декаду безопасности ⟦с 1 по 10 сентября 2024 года⟧.",
        "interval 2024-09-01..2024-09-10",
        "from a day on, or a span",
    ),
    (
        "Провести акцию «Чистый город» ⟦в апреле – мае 2024 года⟧.",
        "interval 2024-04-01..2024-05-31",
        "a named period beside the verb",
    ),
    ("⟦В апреле-мае ⟧провести субботники.", "interval 2024-04-01..2024-05-31", "a named period beside the verb"),
    (
        "Провести педагогический совет ⟦в конце марта⟧.",
        "interval 2024-03-21..2024-03-31 ~",
        "a named period beside the verb",
    ),
    ("Провести совещание ⟦на следующей неделе⟧.", "interval 2024-03-04..2024-03-10", "a length from the anchor"),
    ("Подготовить справку ⟦к следующему совещанию⟧.", "event «следующее совещание»", "the next meeting"),
    (
        "Направить документы ⟦в течение трех рабочих дней после подписания⟧.",
        "event «подписание» P3D/work",
        "counted from an event; its words end at the verb",
    ),
    ("Подготовить проект ⟦в течение двух недель⟧.", "duration 2024-02-28..2024-03-13", "a length from the anchor"),
    ("⟦В месячный срок ⟧разработать положение.", "duration 2024-02-28..2024-03-28", "a length from the anchor"),
    (
        "Разработать положение ⟦в месячный срок со дня принятия решения⟧.",
        "event «принятие решения» P1M",
        "counted from an event; its words end at the verb",
    ),
    (
        "⟦В пятидневный срок со дня подписания протокола ⟧направить его копию членам комиссии.",
        "event «подписание протокола» P5D",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Опубликовать решение ⟦в 10-дневный срок⟧.", "duration 2024-02-28..2024-03-09", "a length from the anchor"),
    ("Решение вступает в силу со дня подписания.", "", "nothing that says when"),
    ("Настоящее решение вступает в силу с 1 января 2025 года.", "", "the date of an act, a letter, a contract"),
    (
        "Оплатить взносы ⟦до 10 числа каждого месяца⟧.",
        "recurring FREQ=MONTHLY;BYMONTHDAY=10",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Взносы оплачивать ⟦до 10-го числа каждого месяца⟧.",
        "recurring FREQ=MONTHLY;BYMONTHDAY=10",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "⟦Ежемесячно, до 10 числа, ⟧представлять отчет.",
        "recurring FREQ=MONTHLY;BYMONTHDAY=10",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Отчет о выполнении представлять ⟦ежеквартально до 10 числа месяца, следующего за отчетным кварталом⟧.",
        "recurring FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
        "the month after the reporting period",
    ),
    (
        "⟦Ежегодно до 1 марта ⟧представлять доклад.",
        "recurring FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
        "a bare day on which the action is to be done",
    ),
    (
        "Представлять доклад ⟦ежегодно, не позднее 1 марта⟧.",
        "recurring FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "⟦Два раза в год, в мае и октябре, ⟧проводить акции.",
        "recurring FREQ=YEARLY;BYMONTH=5,10 ~",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Осуществлять контроль ⟦систематически⟧.", "permanent ~", "how, but at the end of the sentence: a term"),
    ("Своевременно и в полном объеме выполнять работы.", "", "an adverb without a term"),
    (
        "⟦При возникновении вакансий ⟧сообщать в центр занятости.",
        "conditional «возникновение вакансий»",
        "a condition before the only verb, or closing the sentence",
    ),
    (
        "При поступлении обращений ⟦в течение 3 дней⟧ давать ответ.",
        "duration 2024-02-28..2024-03-02",
        "a length from the anchor",
    ),
    (
        "⟦В случае неявки ⟧перенести заседание.",
        "conditional «неявка»",
        "a condition before the only verb, or closing the sentence",
    ),
    ("В целях подготовки к 80-летию Победы утвердить план.", "", "the year of a budget, plan or programme"),
    ("Провести мероприятия, посвященные 8 Марта.", "", "a feast, not a term"),
    ("Провести мероприятия, посвященные Дню Победы 9 мая.", "", "a feast, not a term"),
    ("Организовать выставку ко Дню знаний 1 сентября.", "", "a feast, not a term"),
    ("Вручить подарки на Новый год.", "", "a feast, not a term"),
    ("⟦До Нового года ⟧завершить расчеты.", "by_date ..2024-12-31 «Новый год»", "«до», «к», «не позднее» with a date"),
    ("Принять меры по недопущению нарушений.", "", "nothing that says when"),
    ("Учащимся 1-4 классов организовать питание.", "", "ages, amounts, votes, times of day"),
    ("Провести классные часы в 5-9 классах.", "", "ages, amounts, votes, times of day"),
    (
        "Провести ВПР в 4-8 классах ⟦в период с 1 марта по 17 мая 2024 года⟧.",
        "interval 2024-03-01..2024-05-17",
        "from a day on, or a span",
    ),
    (
        "Закупить оборудование (10 шт.) ⟦до конца I квартала 2024 года⟧.",
        "by_date ..2024-03-31",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "Подготовить смету (отв. – бухгалтерия⟦, до 5 апреля⟧).",
        "by_date ..2024-04-05",
        "«до», «к», «не позднее» with a date",
    ),
    ("Провести опрос ⟦(до 20.03.2024)⟧.", "by_date ..2024-03-20", "in brackets of its own"),
    ("Провести опрос ⟦(с 10 по 20 марта)⟧.", "interval 2024-03-10..2024-03-20", "in brackets of its own"),
    ("Провести опрос ⟦(март 2024 г.)⟧.", "interval 2024-03-01..2024-03-31", "in brackets of its own"),
    ("Провести опрос⟦ – до 20.03.2024⟧.", "by_date ..2024-03-20", "«до», «к», «не позднее» with a date"),
    ("Провести опрос⟦, до 20 марта⟧.", "by_date ..2024-03-20", "«до», «к», «не позднее» with a date"),
    ("Провести опрос⟦; срок – до 20 марта⟧.", "by_date ..2024-03-20", "after a label: it goes with the clause"),
    (
        "Провести опрос. ⟦Срок исполнения – до 20 марта 2024 г.⟧",
        "by_date ..2024-03-20",
        "after a label: it goes with the clause",
    ),
    ("Провести опрос. ⟦Срок – постоянно.⟧", "permanent", "after a label: it goes with the clause"),
    (
        "Провести опрос. ⟦Срок: в течение года.⟧ Ответственный: Иванов И.И.",
        "interval 2024-02-28..2024-12-31 ~",
        "after a label: it goes with the clause",
    ),
    ("Провести опрос родителей ⟦срок: до 01.11.23⟧", "by_date ..2023-11-01", "after a label: it goes with the clause"),
    (
        "Собственник обязуется погасить долг ⟦до 31 августа 2025 года⟧.",
        "by_date ..2025-08-31",
        "«до», «к», «не позднее» with a date",
    ),
    ("Заключить договор на период с 01.01.2025 по 31.12.2025.", "", "the term of something else"),
    ("Заключить договор аренды сроком до 31.12.2025.", "", "the term of something else"),
    ("Действие договора, заключенного до 31.12.2024, продлить.", "", "a past event or another meeting"),
    ("Использовать остатки средств, образовавшиеся на 01.01.2024.", "", "a past event or another meeting"),
    ("Голосовали: за – 10, против – 0, воздержались – 0.", "", "ages, amounts, votes, times of day"),
    ("Принято единогласно.", "", "nothing that says when"),
    (
        "Рассмотреть на заседании комиссии ⟦15 марта 2024 года⟧ вопрос об итогах.",
        "on_date 2024-03-15..2024-03-15",
        "a bare day on which the action is to be done",
    ),
    ("В соответствии с планом работы на 2024 год провести проверку.", "", "the year of a budget, plan or programme"),
    ("Согласно графику провести диспансеризацию.", "", "nothing that says when"),
    (
        "Поручить ⟦до следующего заседания⟧ подготовить расчеты.",
        "event «следующее заседание»",
        "the month after the reporting period",
    ),
    (
        "Вернуться к рассмотрению вопроса ⟦в сентябре 2024 года⟧.",
        "interval 2024-09-01..2024-09-30",
        "a named period beside the verb",
    ),
    ("Вернуться к вопросу ⟦через месяц⟧.", "duration 2024-02-28..2024-03-28 ~", "a length from the anchor"),
    ("Повторно рассмотреть вопрос ⟦через 10 дней⟧.", "duration 2024-02-28..2024-03-09", "a length from the anchor"),
    ("Организовать работу в две смены с 08.00 до 20.00.", "", "ages, amounts, votes, times of day"),
    ("Открыть прием заявлений ⟦с 1 апреля 2024 года⟧.", "interval 2024-04-01..", "from a day on, or a span"),
    (
        "⟦Начиная с 1 сентября 2024 года ⟧ввести электронный журнал.",
        "interval 2024-09-01..",
        "from a day on, or a span",
    ),
    (
        "Завершить отопительный период ⟦30 апреля 2024 года⟧.",
        "on_date 2024-04-30..2024-04-30",
        "a bare day on which the action is to be done",
    ),
    (
        "Провести ⟦15 и 16 марта 2024 года⟧ обучение.",
        "on_date 2024-03-15..2024-03-15 || on_date 2024-03-16..2024-03-16",
        "a bare day on which the action is to be done",
    ),
    (
        "⟦К 15 марта 2024 года ⟧подготовить предложения⟦, к 1 апреля⟧ – проект.",
        "by_date ..2024-03-15 | by_date ..2024-04-01",
        "«до», «к», «не позднее» with a date",
    ),
    ("Сдать отчет ⟦завтра⟧.", "on_date 2024-02-29..2024-02-29", "a bare day on which the action is to be done"),
    (
        "⟦Не реже одного раза в полугодие, до 15 января и 15 июля, ⟧направлять отчет.",
        "recurring FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Отчет по форме 1-ГУ направить ⟦до 12:00 15 марта⟧.",
        "by_date ..2024-03-15",
        "«до», «к», «не позднее» with a date",
    ),
    (
        "⟦Каждую пятницу до 12:00 ⟧направлять сводку.",
        "recurring FREQ=WEEKLY;BYDAY=FR",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "⟦По пятницам ⟧направлять сводку.",
        "recurring FREQ=WEEKLY;BYDAY=FR",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Проводить еженедельные совещания.", "", "an adjective or attribute, not the adverb of the action"),
    ("Утвердить ежемесячный план.", "", "the year of a budget, plan or programme"),
    (
        "Проводить родительские собрания ⟦раз в четверть⟧.",
        "recurring FREQ=YEARLY;BYMONTH=10,12,3,5;BYMONTHDAY=-1 ~",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Провести ⟦в сентябре 2024 года⟧ мониторинг⟦, в мае 2025 года⟧ – повторный.",
        "interval 2024-09-01..2024-09-30 | interval 2025-05-01..2025-05-31",
        "a named period beside the verb",
    ),
    ("Выплатить премию ко Дню учителя.", "", "a feast, not a term"),
    ("Завершить приемку лагерей ⟦до начала первой смены⟧.", "event «начало первой смены»", "an event without a date"),
    ("Обеспечить подвоз воды ⟦до завершения ремонта⟧.", "event «завершение ремонта»", "an event without a date"),
    (
        "Ограничить движение транспорта ⟦до особого распоряжения⟧.",
        "event «особое распоряжение»",
        "an event without a date",
    ),
    ("Проводить дезинфекцию автобусов после каждого рейса.", "", "of each, not once"),
    (
        "Правлению обследовать кровлю ⟦после схода снега⟧ и составить ведомость.",
        "event «сход снега»",
        "counted from an event; its words end at the verb",
    ),
    (
        "Вынести проект на общее собрание ⟦после согласования с профсоюзным комитетом⟧.",
        "event «согласование с профсоюзным комитетом»",
        "counted from an event; its words end at the verb",
    ),
    (
        "⟦По истечении срока претензий ⟧юристу подать иски в суд.",
        "event «истечение срока претензий»",
        "an event without a date",
    ),
    (
        "⟦По окончании учебного года ⟧представить отчет.",
        "event 2024-06-01.. «окончание учебного года» ~",
        "the rest of a period",
    ),
    ("Аттестовать Иванова И.И. по итогам года обучения.", "", "nothing that says when"),
    (
        "⟦При ухудшении погодных условий ⟧приостанавливать подвоз.",
        "conditional «ухудшение погодных условий»",
        "a condition before the only verb, or closing the sentence",
    ),
    (
        "Директорам школ ⟦при ухудшении погоды⟧ приостанавливать подвоз.",
        "conditional «ухудшение погоды»",
        "a condition before the only verb, or closing the sentence",
    ),
    ("Направить претензии, при неоплате подготовить иски.", "", "a condition of something else"),
    ("Установить, что при выполнении работ соблюдается режим.", "", "a condition of something else"),
    (
        "Проверять знание инструкций ⟦при каждом посещении лагеря⟧.",
        "conditional «каждое посещение лагеря»",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Отработать с работниками порядок действий при пожаре.", "", "a condition of something else"),
    ("Проводить тренировки по действиям персонала при угрозе теракта.", "", "a condition of something else"),
    (
        "Районному педиатру ⟦по запросу комиссии⟧ предоставлять сведения.",
        "conditional «запрос комиссии»",
        "a condition before the only verb, or closing the sentence",
    ),
    (
        "Сообщать в комиссию о фактах ухода ⟦незамедлительно⟧.",
        "unspecified",
        "how, but at the end of the sentence: a term",
    ),
    ("Незамедлительно сообщать о фактах ухода.", "", "nothing that says when"),
    ("Освещать ход спартакиады ⟦регулярно⟧.", "permanent ~", "how, but at the end of the sentence: a term"),
    (
        "Запретить сжигание мусора ⟦на период действия особого режима⟧.",
        "event «период действия особого режима»",
        "a recurrence beside the verb, or with its bound",
    ),
    ("Согласовать перечень дежурных групп на период ремонта.", "", "the term of something else"),
    ("Провести беседы с родителями ⟦в IV четверти⟧.", "event «IV четверть»", "a school term"),
    ("Ремонт спортзала делать ⟦в летние каникулы⟧.", "event «летние каникулы»", "a school term"),
    (
        "Рекомендовать Совету депутатов принять решение ⟦на очередной сессии⟧.",
        "event «очередная сессия»",
        "the next meeting",
    ),
    ("Изучить опыт соседних домов и доложить ⟦на годовом собрании⟧.", "event «годовое собрание»", "the next meeting"),
    ("Вынести вопрос на общее собрание работников.", "", "where, not when"),
    ("Завершить благоустройство мемориала ⟦к 9 Мая⟧.", "by_date ..2024-05-09", "«до», «к», «не позднее» with a date"),
    (
        "Провести учебу по заполнению справок⟦ – ежегодно в первом квартале⟧.",
        "recurring FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Проверять исправность сигнализации⟦ – ежедневно в рабочие дни⟧.",
        "recurring FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Производить очистку маршрутов ⟦ежедневно в рабочие дни до 7-00⟧.",
        "recurring FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Доклад представлять ⟦ежедневно к 9:00 и 17:00⟧.",
        "recurring FREQ=DAILY",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Дежурить у гимназии ⟦по вторникам и четвергам с 17 до 19 ч.⟧",
        "recurring FREQ=WEEKLY;BYDAY=TU,TH",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Давать анонсы ⟦еженедельно, начиная с 1 июня 2024 года⟧.",
        "recurring 2024-06-01.. FREQ=WEEKLY",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Вести учёт вакансий⟦ – постоянно, отчёт – ежеквартально⟧.",
        "permanent || recurring FREQ=MONTHLY;INTERVAL=3",
        "a recurrence beside the verb, or with its bound",
    ),
    (
        "Заслушать отчёт директора на заседании комиссии ⟦в ноябре 2024 года⟧.",
        "interval 2024-11-01..2024-11-30",
        "a named period beside the verb",
    ),
    ("Признать работу коллектива в I полугодии удовлетворительной.", "", "of the past"),
    (
        "⟦В месячный срок ⟧произвести расчет потребности на проведение процедур в 2026 году.",
        "duration 2024-02-28..2024-03-28",
        "a length from the anchor",
    ),
    (
        "Провести фестиваль «Озёрный край» ⟦9 июля 2024 года⟧ на стадионе.",
        "on_date 2024-07-09..2024-07-09",
        "a bare day on which the action is to be done",
    ),
]


@pytest.mark.parametrize(("marked", "expected", "reason"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_sentence(marked: str, expected: str, reason: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    found = find_deadlines(text, ANCHOR)
    again = text
    for place in reversed(found):
        again = f"{again[: place.start]}⟦{again[place.start : place.end]}⟧{again[place.end :]}"
    assert again == marked, reason
    assert " | ".join(" || ".join(map(shown, place.deadlines)) for place in found) == expected, reason


def test_raw_text_stands_inside_the_clause() -> None:
    text = "Провести проверку (отв. Иванова И.И., срок – до 15.05)."
    (found,) = find_deadlines(text, ANCHOR)
    (row,) = found.deadlines
    assert text[found.start : found.end] == ", срок – до 15.05"
    assert text[row.start : row.end] == row.text == "до 15.05"


def test_without_an_anchor_a_bare_day_is_left_alone() -> None:
    """Nothing tells whether it is past."""
    assert find_deadlines("Провести собрание 15 мая 2024 года.", None) == []
    (found,) = find_deadlines("Представить отчет до 15 мая 2024 года.", None)
    assert found.deadlines[0].due_date == date(2024, 5, 15)


def test_a_past_date_is_no_deadline_unless_it_is_said_to_be() -> None:
    assert find_deadlines("Устранить нарушения, выявленные до 01.02.2024.", ANCHOR) == []
    (found,) = find_deadlines("Устранить нарушения в срок до 01.02.2024.", ANCHOR)
    assert found.deadlines[0].due_date == date(2024, 2, 1)


def test_empty() -> None:
    assert find_deadlines("", ANCHOR) == []

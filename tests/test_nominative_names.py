"""Declined names and their nominatives. The paradigms are written out by hand, form by form, not made by the inflector."""

from __future__ import annotations

import pytest

from pipeline.nlp import Name, find_names, nominative_name
from pipeline.nlp.morph import Case, Gender

OBLIQUE: tuple[Case, ...] = ("genitive", "dative", "accusative", "instrumental", "prepositional")

# nominative: genitive dative accusative instrumental prepositional
MEN = """
Иванов: Иванова Иванову Иванова Ивановым Иванове
Соловьев: Соловьева Соловьеву Соловьева Соловьевым Соловьеве
Ковалёв: Ковалёва Ковалёву Ковалёва Ковалёвым Ковалёве
Пушкин: Пушкина Пушкину Пушкина Пушкиным Пушкине
Птицын: Птицына Птицыну Птицына Птицыным Птицыне
Аблуков: Аблукова Аблукову Аблукова Аблуковым Аблукове
Вознесенский: Вознесенского Вознесенскому Вознесенского Вознесенским Вознесенском
Трубецкой: Трубецкого Трубецкому Трубецкого Трубецким Трубецком
Толстой: Толстого Толстому Толстого Толстым Толстом
Белый: Белого Белому Белого Белым Белом
Горький: Горького Горькому Горького Горьким Горьком
Черных: Черных Черных Черных Черных Черных
Долгих: Долгих Долгих Долгих Долгих Долгих
Коваленко: Коваленко Коваленко Коваленко Коваленко Коваленко
Лукашевич: Лукашевича Лукашевичу Лукашевича Лукашевичем Лукашевиче
Бородич: Бородича Бородичу Бородича Бородичем Бородиче
Сидорчук: Сидорчука Сидорчуку Сидорчука Сидорчуком Сидорчуке
Гайдук: Гайдука Гайдуку Гайдука Гайдуком Гайдуке
Ткач: Ткача Ткачу Ткача Ткачом Ткаче
Кравец: Кравца Кравцу Кравца Кравцом Кравце
Стрелец: Стрельца Стрельцу Стрельца Стрельцом Стрельце
Заяц: Зайца Зайцу Зайца Зайцем Зайце
Волчок: Волчка Волчку Волчка Волчком Волчке
Коваль: Коваля Ковалю Коваля Ковалем Ковале
Гоголь: Гоголя Гоголю Гоголя Гоголем Гоголе
Медведь: Медведя Медведю Медведя Медведем Медведе
Соловей: Соловья Соловью Соловья Соловьём Соловье
Гайдай: Гайдая Гайдаю Гайдая Гайдаем Гайдае
Цой: Цоя Цою Цоя Цоем Цое
Ким: Кима Киму Кима Кимом Киме
Оганесян: Оганесяна Оганесяну Оганесяна Оганесяном Оганесяне
Шмидт: Шмидта Шмидту Шмидта Шмидтом Шмидте
Шульц: Шульца Шульцу Шульца Шульцем Шульце
Лобода: Лободы Лободе Лободу Лободой Лободе
Сорока: Сороки Сороке Сороку Сорокой Сороке
Кузьма: Кузьмы Кузьме Кузьму Кузьмой Кузьме
Берия: Берии Берии Берию Берией Берии
Гогоберидзе: Гогоберидзе Гогоберидзе Гогоберидзе Гогоберидзе Гогоберидзе
Саакашвили: Саакашвили Саакашвили Саакашвили Саакашвили Саакашвили
Мамедов: Мамедова Мамедову Мамедова Мамедовым Мамедове
Петров-Водкин: Петрова-Водкина Петрову-Водкину Петрова-Водкина Петровым-Водкиным Петрове-Водкине
Римский-Корсаков: Римского-Корсакова Римскому-Корсакову Римского-Корсакова Римским-Корсаковым Римском-Корсакове
Бонч-Бруевич: Бонч-Бруевича Бонч-Бруевичу Бонч-Бруевича Бонч-Бруевичем Бонч-Бруевиче
"""
WOMEN = """
Иванова: Ивановой Ивановой Иванову Ивановой Ивановой
Соловьева: Соловьевой Соловьевой Соловьеву Соловьевой Соловьевой
Ковалёва: Ковалёвой Ковалёвой Ковалёву Ковалёвой Ковалёвой
Бренкова: Бренковой Бренковой Бренкову Бренковой Бренковой
Пушкина: Пушкиной Пушкиной Пушкину Пушкиной Пушкиной
Птицына: Птицыной Птицыной Птицыну Птицыной Птицыной
Глинева: Глиневой Глиневой Глиневу Глиневой Глиневой
Вознесенская: Вознесенской Вознесенской Вознесенскую Вознесенской Вознесенской
Трубецкая: Трубецкой Трубецкой Трубецкую Трубецкой Трубецкой
Толстая: Толстой Толстой Толстую Толстой Толстой
Белая: Белой Белой Белую Белой Белой
Черных: Черных Черных Черных Черных Черных
Коваленко: Коваленко Коваленко Коваленко Коваленко Коваленко
Лукашевич: Лукашевич Лукашевич Лукашевич Лукашевич Лукашевич
Сидорчук: Сидорчук Сидорчук Сидорчук Сидорчук Сидорчук
Кравец: Кравец Кравец Кравец Кравец Кравец
Заяц: Заяц Заяц Заяц Заяц Заяц
Коваль: Коваль Коваль Коваль Коваль Коваль
Соловей: Соловей Соловей Соловей Соловей Соловей
Цой: Цой Цой Цой Цой Цой
Ким: Ким Ким Ким Ким Ким
Оганесян: Оганесян Оганесян Оганесян Оганесян Оганесян
Шмидт: Шмидт Шмидт Шмидт Шмидт Шмидт
Лобода: Лободы Лободе Лободу Лободой Лободе
Сорока: Сороки Сороке Сороку Сорокой Сороке
Гогоберидзе: Гогоберидзе Гогоберидзе Гогоберидзе Гогоберидзе Гогоберидзе
Петрова-Водкина: Петровой-Водкиной Петровой-Водкиной Петрову-Водкину Петровой-Водкиной Петровой-Водкиной
Коваль-Петрова: Коваль-Петровой Коваль-Петровой Коваль-Петрову Коваль-Петровой Коваль-Петровой
"""
# given name and patronymic: the five oblique forms of each
MEN_FIRST = """
Иван Иванович: Ивана Ивановича, Ивану Ивановичу, Ивана Ивановича, Иваном Ивановичем, Иване Ивановиче
Сергей Петрович: Сергея Петровича, Сергею Петровичу, Сергея Петровича, Сергеем Петровичем, Сергее Петровиче
Илья Ильич: Ильи Ильича, Илье Ильичу, Илью Ильича, Ильёй Ильичом, Илье Ильиче
Павел Андреевич: Павла Андреевича, Павлу Андреевичу, Павла Андреевича, Павлом Андреевичем, Павле Андреевиче
Игорь Юрьевич: Игоря Юрьевича, Игорю Юрьевичу, Игоря Юрьевича, Игорем Юрьевичем, Игоре Юрьевиче
Никита Кузьмич: Никиты Кузьмича, Никите Кузьмичу, Никиту Кузьмича, Никитой Кузьмичом, Никите Кузьмиче
Дмитрий Алексеевич: Дмитрия Алексеевича, Дмитрию Алексеевичу, Дмитрия Алексеевича, Дмитрием Алексеевичем, Дмитрии Алексеевиче
Лев Борисович: Льва Борисовича, Льву Борисовичу, Льва Борисовича, Львом Борисовичем, Льве Борисовиче
Рашид Ахмедович: Рашида Ахмедовича, Рашиду Ахмедовичу, Рашида Ахмедовича, Рашидом Ахмедовичем, Рашиде Ахмедовиче
Пётр Семёнович: Петра Семёновича, Петру Семёновичу, Петра Семёновича, Петром Семёновичем, Петре Семёновиче
"""
WOMEN_FIRST = """
Виктория Вячеславовна: Виктории Вячеславовны, Виктории Вячеславовне, Викторию Вячеславовну, Викторией Вячеславовной, Виктории Вячеславовне
Анна Ивановна: Анны Ивановны, Анне Ивановне, Анну Ивановну, Анной Ивановной, Анне Ивановне
Ольга Никитична: Ольги Никитичны, Ольге Никитичне, Ольгу Никитичну, Ольгой Никитичной, Ольге Никитичне
Любовь Сергеевна: Любови Сергеевны, Любови Сергеевне, Любовь Сергеевну, Любовью Сергеевной, Любови Сергеевне
Наталья Ильинична: Натальи Ильиничны, Наталье Ильиничне, Наталью Ильиничну, Натальей Ильиничной, Наталье Ильиничне
Мария Фёдоровна: Марии Фёдоровны, Марии Фёдоровне, Марию Фёдоровну, Марией Фёдоровной, Марии Фёдоровне
Гульнара Рашидовна: Гульнары Рашидовны, Гульнаре Рашидовне, Гульнару Рашидовну, Гульнарой Рашидовной, Гульнаре Рашидовне
Надежда Львовна: Надежды Львовны, Надежде Львовне, Надежду Львовну, Надеждой Львовной, Надежде Львовне
"""


def _paradigms(table: str, separator: str | None) -> list[tuple[str, list[str]]]:
    rows = [line.split(": ") for line in table.strip().splitlines()]
    return [(nominative, [form.strip() for form in forms.split(separator)]) for nominative, forms in rows]


def _full_rows() -> list[tuple[str, str, str]]:
    rows = []
    for surnames, firsts in ((MEN, MEN_FIRST), (WOMEN, WOMEN_FIRST)):
        people = _paradigms(firsts, ",")
        for number, (family, forms) in enumerate(_paradigms(surnames, None)):
            first, first_forms = people[number % len(people)]
            for place, form in enumerate(forms):
                order = (form, first_forms[place]) if (number + place) % 2 else (first_forms[place], form)
                rows.append((" ".join(order), f"{family} {first}", OBLIQUE[place]))
    return rows


def _initial_rows() -> list[tuple[str, str, Case, Gender]]:
    rows: list[tuple[str, str, Case, Gender]] = []
    genders: tuple[tuple[str, Gender], ...] = ((MEN, "masculine"), (WOMEN, "feminine"))
    for surnames, gender in genders:
        for family, forms in _paradigms(surnames, None):
            rows += [(f"{form} Л.А.", f"{family} Л.А.", OBLIQUE[i], gender) for i, form in enumerate(forms)]
    return rows


FULL, INITIALS = _full_rows(), _initial_rows()


def folded(text: str) -> str:
    """ё is written or not as the form at hand has it («Петра» gives «Петр»)."""
    return text.replace("ё", "е")


def test_the_list_is_long_enough() -> None:
    assert len(FULL) >= 300
    assert len(INITIALS) >= 300


@pytest.mark.parametrize(("printed", "expected", "case"), FULL)
def test_full_name(printed: str, expected: str, case: str) -> None:
    """Case and gender come from the patronymic: nothing else is told."""
    del case
    names = find_names(f"слово {printed}, слово")
    assert [folded(nominative_name(name).text) for name in names] == [folded(expected)]


@pytest.mark.parametrize(("printed", "expected", "case", "gender"), INITIALS)
def test_initials_with_case_and_gender(printed: str, expected: str, case: Case, gender: Gender) -> None:
    family, initials = printed.split(" ")
    name = Name(0, len(printed), family, initials=initials)
    assert folded(nominative_name(name, case, gender).text) == folded(expected)


# what is printed, case, gender, nominative, why
SLOTS: list[tuple[str, Case | None, Gender | None, str, str]] = [
    ("Филимонову Л.А.", "accusative", None, "Филимонова Л.А.", "«слушали» dictates the accusative: a woman"),
    ("Иванову И.И.", "dative", None, "Иванов И.И.", "the dative of a woman would be «Ивановой»"),
    ("Иванову И.И.", None, None, "Иванову И.И.", "dative of a man or accusative of a woman: nobody knows"),
    ("Иванову И.И.", None, "feminine", "Иванова И.И.", "the verb has told the gender"),
    ("Иванову И.И.", None, "masculine", "Иванов И.И.", "the verb has told the gender"),
    ("Ивановой И.И.", None, None, "Иванова И.И.", "only a woman's form ends so"),
    ("Иванова И.И.", None, None, "Иванова И.И.", "looks like a nominative"),
    ("Иванова И.И.", "accusative", None, "Иванов И.И.", "a man in the accusative"),
    ("Иванова И.И.", "genitive", None, "Иванов И.И.", "a man in the genitive"),
    ("Иванова И.И.", "accusative", "feminine", "Иванова И.И.", "a woman, left in the nominative by the clerk"),
    ("Седова А.А.", "nominative", "masculine", "Седова А.А.", "«выступил Седова»: the verb errs, not the name"),
    ("Ивановым И.И.", None, None, "Иванов И.И.", "instrumental of a man"),
    ("Вознесенской А.А.", None, None, "Вознесенская А.А.", "adjectival, a woman's"),
    ("Вознесенского А.А.", None, None, "Вознесенский А.А.", "adjectival, a man's"),
    ("Трубецкого П.П.", "genitive", None, "Трубецкой П.П.", "-ой, known to the list"),
    ("Зайца П.П.", None, None, "Заяц П.П.", "the fleeting vowel comes back"),
    ("Сороку П.П.", "accusative", None, "Сорока П.П.", "-а of either gender"),
    ("Сковорода П.П.", None, None, "Сковорода П.П.", "a nominative in -а stays"),
    ("Лукашевич И.В.", None, None, "Лукашевич И.В.", "undeclined: a nominative, or a woman"),
    ("Лукашевич И.В.", "dative", None, "Лукашевич И.В.", "undeclined in the dative: a woman"),
    ("Лукашевичу И.В.", "dative", None, "Лукашевич И.В.", "a man"),
    ("Коваленко И.В.", "dative", None, "Коваленко И.В.", "never declined"),
    ("ИВАНОВОЙ И.И.", None, None, "Иванова И.И.", "capitals become a name's"),
    ("Мамедову Р.А.о.", None, None, "Мамедов Р.А. оглы", "оглы is a man"),
    ("Алиевой Л.М. кызы", None, None, "Алиева Л.М. кызы", "кызы is a woman"),
    ("Ким А.", "dative", None, "Ким А.", "a woman's, undeclined"),
    ("Киму А.", "dative", None, "Ким А.", "a man's"),
    ("Петрову-Водкину К.С.", "dative", None, "Петров-Водкин К.С.", "both parts are declined"),
    ("Петрову-Водкину К.С.", "accusative", None, "Петрова-Водкина К.С.", "both parts are declined"),
    ("Ли А.А.", "dative", None, "Ли А.А.", "short foreign"),
    ("Дзюбы А.А.", "genitive", None, "Дзюба А.А.", "-а"),
    ("Щербине А.А.", "dative", None, "Щербина А.А.", "-ина that is no possessive"),
    ("Горячего А.А.", "genitive", None, "Горячий А.А.", "soft adjectival"),
    ("Трубина О.О.", None, None, "Трубина О.О.", "the second «О.» is no оглы"),
    ("Журавлева Л.А.", None, None, "Журавлева Л.А.", "seed: signature"),
    ("Чижкова М.А.", None, None, "Чижкова М.А.", "seed: signature"),
    ("Глинаева М.С.", "nominative", None, "Глинаева М.С.", "a surname is never mended"),
]


@pytest.mark.parametrize(("printed", "case", "gender", "expected", "why"), SLOTS)
def test_slot(printed: str, case: Case | None, gender: Gender | None, expected: str, why: str) -> None:
    (name,) = find_names(printed)
    assert nominative_name(name, case, gender).text == expected, why


def test_undecided_is_marked() -> None:
    (name,) = find_names("Иванову И.И.")
    assert nominative_name(name).is_undecided
    assert not nominative_name(name, "dative").is_undecided


# what is printed, nominative, is it mended, why
MISPRINTS = [
    ("Соловьеву Викторю Вячеславовну", "Соловьева Виктория Вячеславовна", True, "seed 000"),
    ("Иванова Наталя Петровна", "Иванова Наталья Петровна", True, "ь is lost"),
    ("Иванова Екатрина Петровна", "Иванова Екатерина Петровна", True, "a letter is lost"),
    ("Петров Алексанр Иванович", "Петров Александр Иванович", True, "a letter is lost"),
    ("Петрова Татьянна Ивановна", "Петрова Татьяна Ивановна", True, "a letter is doubled"),
    ("Петрова Светалана Ивановна", "Петрова Светлана Ивановна", True, "a letter too many"),
    ("Петрову Ольгу Александровну", "Петрова Ольга Александровна", False, "nothing to mend"),
    ("Петрова Ольга Алексанровна", "Петрова Ольга Александровна", True, "a misprint in the patronymic"),
    ("Петров Иван Сергевич", "Петров Иван Сергеевич", True, "a misprint in the patronymic"),
    ("Хасанова Рушания Ризовна", "Хасанова Рушания Ризовна", False, "rare, but regular: left alone"),
    ("Мамедов Рашид Али оглы", "Мамедов Рашид Али оглы", False, "foreign patronymic"),
    ("Алиева Лейла Мамед кызы", "Алиева Лейла Мамед кызы", False, "foreign patronymic"),
    ("Глинеева Мария Сергеевна", "Глинеева Мария Сергеевна", False, "a surname is never mended"),
]


@pytest.mark.parametrize(("printed", "expected", "is_mended", "why"), MISPRINTS)
def test_misprint(printed: str, expected: str, is_mended: bool, why: str) -> None:
    (name,) = find_names(printed)
    found = nominative_name(name)
    assert (found.text, found.is_mended) == (expected, is_mended), why


def test_parts_and_gender() -> None:
    (name,) = find_names("слушали Соловьеву Викторю Вячеславовну, начальника отдела")
    found = nominative_name(name, "accusative")
    assert (found.family, found.given, found.patronymic) == ("Соловьева", "Виктория", "Вячеславовна")
    assert (found.initials, found.gender) == ("В.В.", "feminine")

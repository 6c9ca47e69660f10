"""Texts of pages that the sample documents lack: lists, figures, addresses, neighbours' languages, stamps. All names are invented."""

import random

from tests.archive.markup import Block

SURNAMES = ("Абросимова", "Вдовин", "Гущина", "Ермилов", "Жабина", "Зотов", "Ишутина", "Корнеев", "Лазутина", "Мокшин", "Нечаева",
            "Овсянников", "Пичугина", "Рузаев", "Сушкова", "Тюрин", "Ульянкина", "Фирсов", "Хрящева", "Цаплин", "Шибаева", "Юхнов")
LETTERS = "АБВГДЕИКЛМНОПРСТФЮЯ"
STREETS = ("ул. Садовая", "пер. Кузнечный", "пр-кт Ленина", "ул. 8 Марта", "мкр. Северный", "ш. Энтузиастов", "наб. р. Тьмы",
           "ул. Ак. Павлова", "б-р Цветной", "пл. Труда", "туп. Заводской", "ул. Б. Хмельницкого", "пгт Кувшиново", "д. Мал. Вишера")
SHORT = ("МБОУ «СОШ № {n}»", "МКУ «ЦБ УО»", "ГБУЗ «ЦРБ»", "ООО «УК ЖКХ-{n}»", "МУП «ТВК»", "ФГУП «Почта»", "ГКУ «ЦЗН»", "АО «ОЭК»",
         "МБДОУ д/с № {n}", "ОГИБДД МО МВД", "ОНД и ПР", "КДНиЗП", "РОНО", "ТОС «Заря»", "СНТ «Луч-{n}»", "ГЖИ", "ФАП д. Лом")
SENTENCES = {
    "latin": (
        "Заявки направлять на адрес {mail} до {day}.", "Запись трансляции: https://{site}/meetings/{n}?lang=ru#top.",
        "Перейти с MS Windows 7 на Astra Linux SE 1.7, офисный пакет LibreOffice, браузер Chromium-GOST.",
        "Подключить ПО ViPNet Client 4.5, VPN-канал до узла {site}, порт TCP 443, протокол TLS 1.2.",
        "Закупить МФУ Kyocera ECOSYS M2235dn (A4, USB 2.0, Wi-Fi) – 3 шт., картриджи TK-1200 – 12 шт.",
        "Форму отчёта в форматах XLSX и PDF разместить на FTP-сервере ftp://files.{site}/otchet/.",
        "Контакты: тел./факс 8 (48{n}) 2-14-08, e-mail: {mail}, сайт www.{site}, Telegram @adm_{n}, VK vk.com/adm{n}.",
        "Проверить QR-коды и URL на стендах; COVID-19, PR-службе обновить HTML-баннеры на портале {site}."),
    "ukrainian": (
        "Порядок денний: про стан підготовки закладів освіти до нового навчального року.",
        "Слухали: інформацію начальника відділу освіти про виконання рішень попереднього засідання.",
        "Виступили: завідувач господарством, яка повідомила, що ремонт їдальні завершено на дев'яносто відсотків.",
        "Ухвалили: інформацію взяти до відома, роботу комісії визнати задовільною.",
        "Голосували: «за» – одноголосно, «проти» – немає, «утримались» – немає.",
        "Доручити директорам шкіл забезпечити підвезення учнів із віддалених сіл до 1 вересня."),
    "belarusian": (
        "Парадак дня: аб падрыхтоўцы ўстаноў адукацыі да новага навучальнага года.",
        "Слухалі: інфармацыю начальніка аддзела аб выкананні рашэнняў папярэдняга пасяджэння.",
        "Выступілі: загадчык гаспадаркі, якая паведаміла, што рамонт сталовай амаль завершаны.",
        "Пастанавілі: інфармацыю прыняць да ведама, работу камісіі прызнаць здавальняючай.",
        "Галасавалі: «за» – аднагалосна, «супраць» – няма, «устрымаліся» – няма.",
        "Даручыць дырэктарам школ забяспечыць падвоз вучняў з аддаленых вёсак да 1 верасня."),
    "forms": (
        "Я, ______________________________, паспорт серии ______ № __________, выдан ________________________________,",
        "проживающий(ая) по адресу: ____________________________________________, ул. ____________________, д. ____, кв. ____,",
        "даю согласие на участие в общем собрании «____» ______________ 20___ г. и на обработку персональных данных.",
        "Ответственный исполнитель: ______________________ (подпись) / ______________________________ (расшифровка)",
        "Срок исполнения: до «____» ______________ 20___ г. Отметка об исполнении: ______________________________",
        "За ______ голосов, против ______ голосов, воздержались ______ голосов. Решение принято / не принято."),
}
CONTENTS = ("Общие положения", "Состав комиссии", "Порядок созыва заседаний", "Итоги отопительного периода", "Отчёт ревизора",
            "Смета доходов и расходов", "Сведения о должниках", "Перечень поручений", "Ход благоустройства", "Лист регистрации",
            "Сроки исполнения", "Контроль исполнения", "Список приложений", "Особые мнения", "Заключительные положения")
HEADINGS = ("Приложение № {n}", "Приложение {n}", "ПРИЛОЖЕНИЕ № {n}", "Приложение № {n} к протоколу", "ЛИСТ РЕГИСТРАЦИИ",
            "Приложения (на {n} л.)", "Раздел {n}. Материалы к заседанию")
TAILS = ("срок – до {day}.", "ответственный – {name}.", "председателю комиссии доложить на следующем заседании.",
         "нию, контроль исполнения оставляю за собой.", "и направить в районную администрацию до {day}.")


def filled(text: str, rng: random.Random) -> str:
    """A pattern with its places filled."""
    site = rng.choice(("lihoslavl-adm.ru", "sosh12.edu.ru", "gosuslugi.ru", "tsn-zvezda.com", "mku-edds.rf.gov.ru"))
    return text.format(n=rng.randint(1, 48), mail=f"{rng.choice(('priem', 'info', 'sekretar', 'oks'))}@{site}", site=site,
                       day=day(rng), name=name(rng))


def day(rng: random.Random) -> str:
    """A date in figures."""
    return f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2012, 2025)}"


def name(rng: random.Random) -> str:
    """A surname with initials."""
    return f"{rng.choice(SURNAMES)} {rng.choice(LETTERS)}.{rng.choice(LETTERS)}."


def blocks(*texts: str, kind: str = "paragraph") -> list[Block]:
    """Blocks of one kind."""
    return [Block(kind, text) for text in texts]


def sentences(topic: str, rng: random.Random, count: int) -> list[Block]:
    """Numbered paragraphs on a topic."""
    pool = SENTENCES[topic]
    picked = [pool[i % len(pool)] for i in rng.sample(range(len(pool) * 4), count)]
    return blocks(*(f"{i}. {filled(text, rng)}" for i, text in enumerate(picked, 1)))


def form(rng: random.Random) -> list[Block]:
    """An empty form: few words among many underscores."""
    return [*blocks("СОГЛАСИЕ", kind="title"), *blocks(*SENTENCES["forms"], *rng.sample(SENTENCES["forms"], 4), kind="left")]


def signatures(rng: random.Random) -> list[Block]:
    """Only the two signatures, as on a last page."""
    style = rng.choice(("{role}   ______________   {name}", "{role} {name}", "{role} __________ /{name}/"))
    return blocks(*(style.format(role=role, name=name(rng)) for role in ("Председатель", "Секретарь")), kind="left")


def tail(rng: random.Random) -> list[Block]:
    """The one line that did not fit the page before, and the page number."""
    return [Block("left", filled(rng.choice(TAILS), rng)), *blocks(*[""] * 3), Block("centre", str(rng.randint(2, 9)))]


def register(rng: random.Random) -> list[Block]:
    """Names and numbers, nothing else."""
    rows = [Block("row", cells=(f"{i}.", name(rng), f"кв. {rng.randint(1, 200)}", f"{rng.uniform(28, 90):.1f}".replace(".", ","), day(rng)))
            for i in range(1, rng.randint(12, 36))]
    return [Block("row", cells=("№", "ФИО", "кв.", "кв. м", "дата")), *rows]


def figures(rng: random.Random) -> list[Block]:
    """A table of figures with short headings."""
    head = Block("row", cells=("Код", "План", "Факт", "%", "Откл."))
    return [head, *(Block("row", cells=figure_row(rng)) for _ in range(rng.randint(15, 38))), Block("row", cells=("Итого", *figure_row(rng)[1:]))]


def figure_row(rng: random.Random) -> tuple[str, ...]:
    """One row of figures."""
    plan, share = rng.uniform(10, 90000), rng.uniform(0.4, 1.2)
    shown = [f"{value:,.2f}".replace(",", " ").replace(".", ",") for value in (plan, plan * share, share * 100, plan * (share - 1))]
    return (f"{rng.randint(1, 13):02}.{rng.randint(1, 12):02}", *shown)


def streets(rng: random.Random) -> list[Block]:
    """Street names and abbreviations of bodies, a list with hardly a whole word."""
    return blocks(*(f"{i}. {filled(rng.choice(SHORT), rng)} – {rng.choice(STREETS)}, д. {rng.randint(1, 90)}"
                    f"{rng.choice(('', '/2', ', корп. 1', 'а', ', стр. 3'))}; тел. 2-{rng.randint(10, 99)}-{rng.randint(10, 99)}; отв. {name(rng)}"
                    for i in range(1, rng.randint(12, 30))), kind="left")


def contents(rng: random.Random) -> list[Block]:
    """A table of contents with dotted leaders."""
    titles = rng.sample(CONTENTS, rng.randint(9, len(CONTENTS)))
    return [*blocks("СОДЕРЖАНИЕ", kind="title"),
            *blocks(*(f"{i}. {title} {'.' * (110 - 2 * len(title))} {3 * i}" for i, title in enumerate(titles, 1)), kind="left")]


def captions(rng: random.Random) -> list[Block]:
    """What stands under the photos of a report."""
    return blocks(f"Приложение № {rng.randint(1, 9)}. Фотоматериалы к протоколу от {day(rng)}.",
                  f"Фото 1, 2. Состояние дворовой территории по адресу: {rng.choice(STREETS)}, д. {rng.randint(1, 60)}, до начала работ. Видны "
                  "разрушенное покрытие проезда и бордюрный камень, подлежащий замене подрядчиком.",
                  f"Снимки сделаны {day(rng)} членами рабочей группы: {name(rng)}, {name(rng)}.", kind="left")


def certificate(rng: random.Random) -> list[str]:
    """The lines of an electronic signature's stamp."""
    number = "".join(rng.choices("0123456789ABCDEF", k=32))
    return [rng.choice(("ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ", "Документ подписан электронной подписью", "Подписано ЭП")),
            f"Сертификат: {number}", f"Владелец: {name(rng)}", f"Действителен с {day(rng)} до {day(rng)}"]


def mail_header(rng: random.Random) -> list[str]:
    """What a scanner with e-mail or a fax puts on top of its pages."""
    fax = f"{day(rng)} {rng.randint(8, 18)}:{rng.randint(10, 59)}   FAX 8 48{rng.randint(10, 99)} 2-14-08   PRIEMNAYA   P.{rng.randint(1, 9):02}/05"
    mail = ["От: scanner@adm-okrug.ru", "Кому: Канцелярия <priem@adm-okrug.ru>", f"Дата: {day(rng)} {rng.randint(8, 18)}:31",
            f"Тема: Сообщение от устройства МФУ-{rng.randint(1, 20)}; вложение SKM_{rng.randint(10000, 99999)}.pdf"]
    return [fax] if rng.random() < 0.4 else mail


def edms_footer(rng: random.Random) -> list[str]:
    """The foot that a document management system prints on each page."""
    return [f"Документ зарегистрирован № {rng.randint(1, 900)}-вх от {day(rng)} {name(rng)} (Администрация округа)",
            f"Страница {rng.randint(1, 5)} из 5. Страница создана: {day(rng)} {rng.randint(8, 18)}:{rng.randint(10, 59)}"]


def app_mark(rng: random.Random) -> str:
    """The mark of a scanning app."""
    return rng.choice(("Сканировано в CamScanner", "Отсканировано с помощью ClearScanner", "Сканировано с CamScanner", "Scanned by TapScanner"))


def registry_mark(rng: random.Random) -> list[str]:
    """The mark of a registry, printed over the paper."""
    return [f"Вх. № {rng.randint(10, 900)} от {day(rng)}", f"КОПИЯ ВЕРНА  {name(rng)}"][: rng.randint(1, 2)]

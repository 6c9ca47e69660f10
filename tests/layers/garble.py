"""Ways in which the text of a layer goes wrong: slips of recognition, another language, lost order, rubbish."""

import random
import re
import string

LIKE = {
    "а": "аяв", "б": "6в", "в": "зпн", "г": "тт1", "д": "лп", "е": "сёо", "ж": "хк", "з": "эв3", "и": "нпй", "й": "ии",
    "к": "хн", "л": "пд", "м": "ин", "н": "пик", "о": "0сб", "п": "нлт", "р": "рф", "с": "ео", "т": "гп", "у": "ух",
    "ф": "рв", "х": "ж", "ц": "п", "ч": "ц4", "ш": "щи", "щ": "ш", "ъ": "ь", "ы": "ьц", "ь": "ъв", "э": "з", "ю": "и", "я": "ва",
}
RUBBISH = "|!:;.,'`~^*\\/()[]{}<>-_=°§«»1il0"
ENGLISH = {
    "а": ("a",), "б": ("6", "o"), "в": ("B", "s"), "г": ("r", "I'"), "д": (")l", "n", ",D,"), "е": ("e",), "ё": ("e",),
    "ж": (")K", ">K", ")l{"), "з": ("3",), "и": ("H", "II", "u"), "й": ("H", "ii", "u"), "к": ("K", "x"), "л": ("JI", "n", "Jl"),
    "м": ("M",), "н": ("H",), "о": ("o",), "п": ("n", "II", "IT"), "р": ("p",), "с": ("c",), "т": ("T", "r", "m"), "у": ("y",),
    "ф": ("<P", "cp", "qi"), "х": ("x",), "ц": ("U:", "I_(", "u"), "ч": ("4", "q", "'I"), "ш": ("III", "lll", "w"),
    "щ": ("III,", "w,"), "ъ": ("'b",), "ы": ("bI", "hl", "LI"), "ь": ("b", "h"), "э": ("3", "s"), "ю": ("10", "IO", "ro"),
    "я": ("51", "R", "sI"), "№": ("N2", "M~", ".N'!", "No"), "«": ("\"", "<<"), "»": ("\"", ">>"), "–": ("-", "~"),
}
CAPITALS = {
    "а": "A", "б": "E", "в": "B", "г": "f", "д": ",[(", "е": "E", "з": "3", "и": "l1", "к": "K", "л": "JI", "м": "M", "н": "H", "о": "O",
    "п": "Il", "р": "P", "с": "C", "т": "T", "у": "Y", "х": "X", "ч": "4", "ш": "lll", "э": "3", "я": "5I",
}
JUNK = ("%PDF-1.3", "endobj", "stream", "xref", "0000000016 00000 n", "BT /F1 Tf", "JFIF", "Exif", "II*", "PK", "\u00ff\u00d8\u00ff\u00e0",
        "Adobe_CM", "@PJL SET", "IHDR", "IDAT", "gAMA", "8BIM", "xpacket")


def recognised(text: str, rng: random.Random, rate: float) -> str:
    """The text as a poor recogniser reads it: this share of its characters is wrong."""
    return "".join(slip(char, rng) if char != " " and rng.random() < rate else char for char in text)


def slip(char: str, rng: random.Random) -> str:
    """One wrong character: a like letter, rubbish, a lost or a doubled one."""
    wrong = [like for like in LIKE.get(char.lower(), "") if like != char.lower()]
    choice = rng.random()
    if wrong and choice < 0.66:
        like = rng.choice(wrong)
        return like.upper() if char.isupper() else like
    if choice < 0.84:
        return rng.choice(RUBBISH.replace(char, ""))
    return "" if choice < 0.93 else char + rng.choice(RUBBISH)


def english(text: str, rng: random.Random) -> str:
    """Russian text as a recogniser with English letters only reads it."""
    return "".join(english_letter(char, rng) for char in text)


def english_letter(char: str, rng: random.Random) -> str:
    """The Latin rubbish that looks like this letter."""
    if char.isupper() and char.lower() in CAPITALS and rng.random() < 0.8:
        return CAPITALS[char.lower()]
    return rng.choice(ENGLISH.get(char.lower(), (char,)))


def upside_down(text: str, rng: random.Random) -> str:
    """A page recognised the wrong way up: the order of letters turned, most of them misread."""
    return recognised(text[::-1], rng, 0.6)


def shuffled(text: str, rng: random.Random) -> str:
    """The letters of each longer word in random order."""
    return re.sub(r"\w{3,}", lambda match: disorder(match[0], rng), text)


def disorder(word: str, rng: random.Random) -> str:
    """The letters of a word in an order that is not its own, unless all its letters are the same."""
    for _ in range(20):
        letters = rng.sample(word, len(word))
        if "".join(letters) != word:
            return "".join(letters)
    return word


def glued(text: str, rng: random.Random) -> str:
    """All spaces lost and every fourth letter misread."""
    return recognised(text, rng, 0.28).replace(" ", "")


def binary(text: str, rng: random.Random) -> str:
    """A line of another file's bytes, as long as the text."""
    alphabet = string.ascii_letters + string.digits + "+/=\u00e9\u00df\u00fe\u00a4\u00b6\u00d0$%&@#"
    out = ""
    while len(out) < len(text):
        out += rng.choice(JUNK) + " " if rng.random() < 0.12 else "".join(rng.choices(alphabet, k=rng.randint(3, 18))) + " "
    return out[: len(text)]


def leaders(text: str, rng: random.Random) -> str:
    """Only dots or underscores where the text is."""
    sign = rng.choice((".", "_", "- ", ". ", "…"))
    return (sign * len(text))[: max(4, len(text) - rng.randint(0, 30))]


def lookalikes(text: str, rng: random.Random, rate: float = 0.08) -> str:
    """Latin letters inside a few Russian words, as typed by hand."""
    pairs = dict(zip("аеорсхуАВЕКМНОРСТХ", "aeopcxyABEKMHOPCTX", strict=True))
    return re.sub(r"\w{2,}", lambda match: one_latin(match[0], pairs, rng) if rng.random() < rate else match[0], text)


def one_latin(word: str, pairs: dict[str, str], rng: random.Random) -> str:
    """The word with one letter replaced by its Latin twin, if it has such a letter."""
    places = [i for i, letter in enumerate(word) if letter in pairs]
    if not places:
        return word
    i = rng.choice(places)
    return word[:i] + pairs[word[i]] + word[i + 1 :]

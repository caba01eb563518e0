"""Readings of Chinese names: what may be typed to find somebody, and the key that sorts them.

A dictionary's usual reading is wrong for many surnames (曾 单 解 仇 区 查 朴 翟 盖 缪 员 …), while the right one
is among its others, so every reading of the surname is indexed and a table decides the one shown. The
dictionary is pypinyin's, cut to what names need (resources/readings/): 25 ms to load instead of 450.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from itertools import product

from desktop import paths
from desktop.records.patterns import pattern

_PAIRS = (
    "欧阳司马上官诸葛尉迟东方皇甫公孙慕容令狐宇文长孙司徒司空夏侯轩辕端木百里"
    "呼延独孤南宫万俟澹台公冶宗政濮阳淳于单于太叔申屠仲孙钟离闻人赫连拓跋西门"
    "东郭南门左丘公羊谷梁即墨乌孙完颜纳兰叶赫爱新鲜于闾丘亓官司寇子车颛孙巫马"
    "公西漆雕乐正壤驷公良夹谷宰父段干"
)
COMPOUND = frozenset(_PAIRS[start : start + 2] for start in range(0, len(_PAIRS), 2))
SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao", "翟": "zhai",
    "盖": "ge", "缪": "miao", "员": "yun", "任": "ren", "华": "hua", "尉": "wei", "乐": "yue", "召": "shao",
    "牟": "mu", "逄": "pang", "宓": "mi", "折": "she", "黑": "he", "繁": "po", "种": "chong", "秘": "bi",
    "冼": "xian", "洗": "xian", "覃": "qin", "葛": "ge", "燕": "yan", "纪": "ji", "晁": "chao", "幺": "yao",
    "贲": "ben", "郗": "xi", "隗": "wei", "瞿": "qu", "阚": "kan", "谌": "chen", "郇": "xun", "那": "na",
    "哈": "ha", "撒": "sa", "佴": "nai", "句": "gou", "仉": "zhang", "六": "lu", "不": "fou", "石": "shi",
    "么": "yao", "车": "che", "柏": "bai", "卜": "bu", "沈": "shen", "宁": "ning", "粘": "nian", "祭": "zhai",
    "过": "guo", "长": "chang", "重": "chong", "都": "du", "行": "xing", "术": "shu", "尹": "yin", "应": "ying",
    "尉迟": "yuchi", "万俟": "moqi", "单于": "chanyu", "长孙": "zhangsun", "澹台": "tantai", "令狐": "linghu",
    "亓官": "qiguan", "宿": "su", "费": "fei", "臧": "zang", "戚": "qi", "訾": "zi", "邴": "bing", "於": "yu",
}  # fmt: skip
MOST_READINGS = 12
WORD = pattern(r"[a-z]+")


LONGEST_WORD = 4
Reading = tuple[str, ...]


@functools.cache
def _dictionary() -> tuple[dict[str, Reading], dict[str, Reading]]:
    """Return the readings of every character, the usual one first, and of words that read otherwise."""
    table = json.loads((paths.resources() / "readings" / "readings.json").read_text(encoding="utf-8"))
    characters: dict[str, Reading] = {}
    for told, several in table["characters"].items():
        characters.update(dict.fromkeys(several, tuple(told.split())))
    words = {word: tuple(told.split()) for told, several in table["words"].items() for word in several}
    return characters, words


def get_ready() -> None:
    """Load the readings ahead: the first name saved need not wait for them."""
    _dictionary()


def syllables(character: str) -> Reading:
    """Return every reading of one character, the usual one first; the character itself where it has none."""
    return _dictionary()[0].get(character) or (character,)


@functools.lru_cache(maxsize=30_000)
def given_syllables(given: str) -> Reading:
    """Return the reading of a given name, read as a word first (重庆 is chong qing)."""
    return tuple(part.lower() for part in _read(given.replace("·", "").replace(" ", "")))


def _read(text: str) -> Iterator[str]:
    """Yield one reading a character, the longest word first; a run without readings (Latin) stays whole."""
    characters, words = _dictionary()
    place = 0
    while place < len(text):
        for end in range(min(len(text), place + LONGEST_WORD), place + 1, -1):
            if reading := words.get(text[place:end]):
                yield from reading
                place = end
                break
        else:
            end = place + 1
            if not (reading := characters.get(text[place])):
                while end < len(text) and text[end] not in characters:
                    end += 1
            yield reading[0] if reading else text[place:end]
            place = end


def split(name: str) -> tuple[str, str]:
    """Return surname and given name; a name with a middle dot has no surname part."""
    if "·" in name or not name:
        return "", name
    return (name[:2], name[2:]) if name[:2] in COMPOUND and len(name) > 2 else (name[:1], name[1:])


def default_reading(name: str) -> str:
    """Return the reading shown, surname and given name apart: `zeng guoqiang`."""
    surname, given = split(name)
    shown = _surname_readings(surname)[0] if surname else ""
    return f"{shown} {_spelled(given)[0]}".strip().lower()


def sort_key(name: str, override: str) -> str:
    """Return what a list by pinyin sorts on: surname, given name, then the characters themselves."""
    return f"{(override or default_reading(name)).lower()} {name}"


@functools.lru_cache(maxsize=2_000)
def _surname_readings(surname: str) -> tuple[str, ...]:
    shown = SURNAMES.get(surname)
    others = ["".join(parts) for parts in product(*(syllables(character) for character in surname))]
    return tuple(dict.fromkeys(([shown] if shown else []) + others[:MOST_READINGS]))


def name_keys(name: str, override: str = "") -> set[str]:
    """Return all that may be typed for a name.

    Every tail of it; under each reading of the surname the full pinyin, the initials and the first letter as
    `^z`; pinyin and initials of the given name alone, or of the tails that follow a middle dot.
    """
    folded = name.casefold()
    keys = {folded[start:] for start in range(len(folded)) if folded[start] not in "· "}
    surname, given = split(name)
    heads = _surname_spelled(surname) if surname else (("", ""),)
    _add_latin(keys, heads, _spelled(given))
    if override:
        first, *others = WORD.findall(override.lower()) or [""]
        rest = "".join(others), "".join(part[0] for part in others)
        _add_latin(keys, ((first, first[:1]),), rest)
    if not surname:
        for place in (place for place, character in enumerate(name) if character == "·"):
            keys.update(_spelled(name[place + 1 :]))
    keys.discard("")
    keys.discard("^")
    return keys


def shown_keys(reading: str) -> set[str]:
    """Return those of the keys that a list sorted by `reading` (surname, one blank, given name) answers itself."""
    letters = reading.replace(" ", "", 1)
    return {letters, f"^{letters[:1]}"} if WORD.fullmatch(letters) else set()


Spelled = tuple[str, str]
"""Full pinyin and initials."""


@functools.lru_cache(maxsize=30_000)
def _spelled(given: str) -> Spelled:
    parts = given_syllables(given) if given else ()
    return "".join(parts), "".join([part[:1] for part in parts])


@functools.lru_cache(maxsize=2_000)
def _surname_spelled(surname: str) -> tuple[Spelled, ...]:
    if len(surname) == 1:
        return tuple((reading, reading[:1]) for reading in _surname_readings(surname))
    parts = tuple(product(*(syllables(character) for character in surname)))[:MOST_READINGS]
    found = [("".join(several), "".join(part[:1] for part in several)) for several in parts]
    shown = SURNAMES.get(surname)
    return (*found, (shown, shown[:1])) if shown else tuple(found)


def _add_latin(keys: set[str], heads: Iterable[Spelled], rest: Spelled) -> None:
    """Add what may be typed in letters, under each of some readings of the surname."""
    full, initials = rest
    keys.add(full)
    for head, letter in heads:
        whole = head + full
        keys.add(whole)
        keys.add(letter + initials)
        keys.add("^" + whole[:1])

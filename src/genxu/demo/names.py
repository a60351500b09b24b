"""Invented names of people and hamlets, and telephone numbers that belong to nobody."""

from __future__ import annotations

from random import Random
from typing import Final

_WEIGHTS: Final[tuple[tuple[int, str], ...]] = (
    (52, "王陈李张刘"),
    (34, "周吴胡熊程余汪黄"),
    (22, "章雷廖卢朱戴罗徐孙杨"),
    (15, "何万宋郑魏金葛吕赵"),
    (11, "邓曾彭谢蔡董叶佘殷郭"),
    (8, "梁邹田游舒甘孔焦饶庞夏丁但谭姜"),
    (5, "龚方石毛洪樊阮袁聂尹沈潘马付黎杜"),
    (3, "涂柳骆祝费阳华鲁高任米查孟艾段贺"),
)
#: Family names with their local weight: the heavier, the commoner around Xianning.
SURNAMES: Final[tuple[tuple[str, int], ...]] = tuple(
    (name, weight) for weight, names in _WEIGHTS for name in names
)
_SURNAME_SET: Final = frozenset(name for name, _ in SURNAMES)
#: The same as a bag in which each name lies as often as it weighs: one draw, no search.
_SURNAME_BAG: Final = tuple(name for name, weight in SURNAMES for _ in range(weight))

#: Living people named in the source article; they must never be produced.
FORBIDDEN_NAMES: Final = frozenset({"胡建甫", "朱其义", "田城", "邓昌炉", "邹展"})
# Two-character given names: first and second characters of one generation and sex.
_PAIRS: Final[tuple[tuple[int, str, str], ...]] = (
    # born before about 1965, men
    (26, "德家国正大金光明世传先启定祖宏良", "发贵生华义财旺安炎清福成恩友初兴"),
    # born before about 1965, women
    (14, "秀桂玉春凤菊兰荷腊水秋翠银巧", "英珍兰梅香莲娥枝云花珠姣元菊"),
    # born 1965 to 1985, men
    (26, "建志永新文卫红海伟爱林汉学维茂", "军平华勇明斌刚民波峰敏东文国辉雄"),
    # born 1965 to 1985, women
    (16, "丽艳红爱美金燕海冬慧晓雪利", "萍霞芳琴红玲华娟燕蓉芬平容姣"),
    # born after 1985
    (10, "俊子浩宇志佳晨思梦雨文天家振", "杰豪轩涛鹏琪怡婷洁颖欣瑶凯航"),
)
_SINGLES: Final = "勇斌涛刚平华明波辉伟峰敏芳丽娟霞燕玲静艳萍琴红英兵旺胜超磊鹏莉梅"
_KIND_BAG: Final = tuple(n for n, (weight, _, _) in enumerate(_PAIRS) for _ in range(weight)) + (
    (-1,) * 8
)


def _pick(rng: Random, bag: tuple[str, ...] | str) -> str:
    return bag[int(rng.random() * len(bag))]


def person_name(rng: Random, surname: str | None = None) -> str:
    """An invented full name; with `surname` given, of that family."""
    family = surname or _pick(rng, _SURNAME_BAG)
    while True:
        kind = _KIND_BAG[int(rng.random() * len(_KIND_BAG))]
        if kind < 0:
            name = family + _pick(rng, _SINGLES)
        else:
            _, first, second = _PAIRS[kind]
            one, two = _pick(rng, first), _pick(rng, second)
            if one == two:
                continue
            name = family + one + two
        if name not in FORBIDDEN_NAMES:
            return name


_FAMILY_TAILS: Final = tuple(
    "湾 大屋 洲 垅 畈 咀 嘴 墩 墈 铺 岭 坪 冲 塘 桥 新屋 老屋 屋场 "
    "庄 堡 坳 洞 坡 台 墙 门 巷".split()
)
_LANDMARKS: Final = tuple(
    "上屋 下屋 老屋 新屋 大屋 上畈 下畈 石嘴 桥头 塘角 塘下 垅口 山下 港边 坳上 岭下 "
    "堰头 洲上 墩上 上湾 下湾 门楼 祠堂 井边 竹林 坪上 河背 畈中".split()
)
_FEATURES: Final = tuple(
    "柏 枫 樟 竹 石 白 黄 青 乌 龙 凤 虎 狮 牛 马 鹅 鸭 泉 荷 梅 松 桂 桃 茶 枣 柳 "
    "大 小 长 高 东 西 南 北 上 下 官 古 双 三 四 五 七 八 九 沙 金 银 铁 土 横 月 云".split()
)
_TERRAIN: Final = tuple(
    "墩 山 岭 坪 冲 塘 港 桥 畈 垅 咀 洲 泉 堰 坳 湾 树下 屋场 石 林 井 洞 潭 坡 台 田 门".split()
)
_PLAIN: Final = tuple(
    "新屋 老屋 大屋 新屋场 老屋场 新建 新湾 老湾 林场 茶场 园艺场 渡口 窑上 油铺 碾屋 磨坊 "
    "新街 老街 中屋 中湾 堤边 闸口 排上 港口 山背 岭背 台上 圻上 对门屋 学堂湾".split()
)
_ORDINALS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def _hamlet_candidate(rng: Random) -> str:
    die = rng.random()
    if die < 0.46:
        return _pick(rng, _SURNAME_BAG) + "家" + _pick(rng, _FAMILY_TAILS)
    if die < 0.64:
        return _pick(rng, _LANDMARKS) + _pick(rng, _SURNAME_BAG)
    if die < 0.86:
        one, two = _pick(rng, _FEATURES), _pick(rng, _TERRAIN)
        return one + two if one != two else "老" + two
    if die < 0.94:
        return _pick(rng, _PLAIN)
    return _pick(rng, _ORDINALS) + "组"


def hamlet_name(rng: Random, taken: set[str]) -> str:
    """A plausible name of a natural village, not among those `taken`, to which it is added."""
    for _ in range(200):
        name = _hamlet_candidate(rng)
        if name not in taken:
            taken.add(name)
            return name
    serial = 13
    while f"{serial}组" in taken:
        serial += 1
    taken.add(f"{serial}组")
    return f"{serial}组"


#: The families of hamlets whose names alone do not tell.
_KNOWN_FAMILIES: Final[dict[str, str]] = {"戴峰山屋场": "戴"}
_AFTER_FAMILY: Final = frozenset("家湾屋")
_ONE_PLACE: Final = frozenset(_FEATURES)
_LANDMARK_SET: Final = frozenset(_LANDMARKS)
_SHARES: Final = (12, 3, 2, 2, 1)


def dominant_surname(hamlet: str) -> str | None:
    """The family a hamlet is named after, if its name tells: 罗家洲 → 罗, 上屋汪 → 汪."""
    known = _KNOWN_FAMILIES.get(hamlet)
    if known is not None or len(hamlet) < 2:
        return known
    if hamlet[0] in _SURNAME_SET and (
        hamlet[1] == "家" or (hamlet[1] in _AFTER_FAMILY and hamlet[0] not in _ONE_PLACE)
    ):
        return hamlet[0]
    if hamlet[-1] in _SURNAME_SET and hamlet[:-1] in _LANDMARK_SET:
        return hamlet[-1]
    return None


def hamlet_surnames(rng: Random, hamlet_name: str) -> tuple[str, ...]:
    """Twenty surnames to draw households from: the dominant one stands for twelve of them."""
    families = [dominant_surname(hamlet_name) or _pick(rng, _SURNAME_BAG)]
    while len(families) < len(_SHARES):
        other = _pick(rng, _SURNAME_BAG)
        if other not in families:
            families.append(other)
    return tuple(name for name, share in zip(families, _SHARES, strict=True) for _ in range(share))


_NUMBERS: Final = 100_000_000
_STRIDE: Final = 61_803_399  # coprime to ten: neighbours in serial lie far apart, none repeats


def phone(rng_or_serial: Random | int) -> str:
    """An eleven-digit number of the never assigned range 154; distinct for distinct serials."""
    if isinstance(rng_or_serial, int):
        serial = rng_or_serial
        if not 0 <= serial < _NUMBERS:
            raise ValueError("a serial has at most eight digits")
    else:
        serial = rng_or_serial.randrange(_NUMBERS)
    return f"154{serial * _STRIDE % _NUMBERS:08d}"

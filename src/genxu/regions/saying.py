"""How places are named: as people say it, and without the word for the kind of place."""

import re

from .codes import Level

ENDINGS = {
    Level.PROVINCE: re.compile(r"省$"),
    Level.PREFECTURE: re.compile(r"市$"),
    Level.COUNTY: re.compile(r"[县市区]$"),
    Level.TOWNSHIP: re.compile(r"(?:人民政府|办事处|街道办事处|街道办|街道|镇|乡)$"),
    Level.VILLAGE: re.compile(r"(?:村|社区|虚拟社区|生活区|虚拟生活区)$"),
    Level.HAMLET: re.compile(r"(?:自然村湾|自然湾|自然村|村湾|湾子|湾|屋场|塆|垸)$"),
}
_OFFICIAL = (
    (re.compile(r"(?:村村民委员会|村村委会|村委会|村民委员会|村委)$"), "村"),
    (re.compile(r"(?:社区居民委员会|社区居委会|居民委员会|居委会|社区居委)$"), "社区"),
)
_OFFICES = re.compile(r"(?:人民政府|办事处)$")
BETWEEN = re.compile(r"[\s/\\|>＞→、,，;；·\-—_]+")


def said_name(name: str, level: Level) -> str:
    """The name as people say it, whatever office it was written as: 金塘村村委会 is 金塘村."""
    bare = BETWEEN.sub("", name)
    if level is Level.VILLAGE:
        for official, said in _OFFICIAL:
            if official.search(bare):
                return official.sub(said, bare)
    if level is Level.TOWNSHIP:
        return _OFFICES.sub("", bare)
    return bare


def stem_of(said: str, level: Level) -> str:
    """The name without the word for its kind: 金塘村 and 金塘 are one, if no other bears it."""
    return ENDINGS[level].sub("", said) or said

"""The shape of the word material, and the small words that belong to no one topic."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

Tier = Literal["personal", "common", "specialist"]
Urgency = Literal["ordinary", "urgent"]
Top = Literal["village", "township", "county"]

ALL_YEAR: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)


@dataclass(frozen=True, slots=True)
class Case:
    """One thing a resident may say at a talk, and the words of all that may come of it."""

    said: str
    title: str
    tier: Tier
    answers: tuple[str, ...]
    declines: tuple[str, ...]
    work: tuple[str, ...]
    results: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    urgency: Urgency = "ordinary"
    specialist_top: Top | None = None
    level_answers: tuple[str, ...] = ()
    second_title: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """What an evening talk is about, and the months in which it is likely."""

    name: str
    cases: tuple[Case, ...]
    months: tuple[int, ...] = ALL_YEAR


SPOTS: Final = (
    "村口", "老樟树下", "当家塘边", "上屋", "下屋", "后山脚下", "晒谷场边", "桥头",
    "塘埂上", "祠堂门口", "老井边", "湾子东头", "湾子西头", "垅口", "大枫树下", "水塔边",
    "代销店门口", "老学堂边", "竹林边", "渠道口", "岔路口", "变压器旁", "菜园边", "老屋巷子里",
    "篮球场边", "垃圾池旁",
)  # fmt: skip

MEETING_PLACES: Final = (
    "老樟树下", "文化广场", "湾子礼堂", "书记家堂屋", "祠堂门口", "晒谷场", "中心户院子里",
    "党群活动中心", "老学堂", "代销店门口", "大枫树下", "当家塘埂上", "农家书屋", "篮球场边",
    "桥头凉亭", "理事会会长家院子", "茶场仓库前", "上屋天井",
)  # fmt: skip

TRY_NOTES: Final = (
    "打了两回电话，没人接。",
    "上门敲门，没人在家，隔壁说去女儿家了。",
    "电话打通了，说在外头做事，晚上再讲，晚上又没打通。",
    "电话关机，托邻居带了口信。",
    "门锁着，在门缝里留了张条子。",
    "中午去了一趟，下田没回来。",
    "电话响了没接，发了条短信，没有回。",
    "去的时候家里只有小伢在，大人上街了。",
    "说是到外地带孙子去了，留的号码打不通。",
    "傍晚又去了一趟，灯没亮。",
    "信号不好，讲了两句就断了，再打没通。",
    "请中心户代问，也没碰到人。",
)

REOPEN_REASONS: Final = (
    "才管了半个月，又是老样子。",
    "只做了一半，剩下那一截没人管了。",
    "跟当时讲好的不一样，还要再弄一下。",
    "没下雨时是好的，一下雨又不行了。",
    "做是做了，收尾没收好，渣子还堆在门口。",
    "说办完了，我去看了，根本没动。",
    "东西装是装了，用不了三天就坏了。",
    "只问了一户，我们这边几户没人来问。",
    "修的地方偏了，没修到要紧处。",
    "人来看了一眼就走了，后头没了下文。",
)

RETURN_REASONS: Final = (
    "这件事要全湾人一起商量，我一户做不了主，请重新定谁来办。",
    "去看过了，地方在隔壁湾的界内，要先找那边讲。",
    "说的地点不清楚，转了一圈没找到，请再问问清楚。",
    "要动到电线，我们不敢碰，请交给懂行的人。",
    "这个月家里有事走不开，怕耽误了，请换个人办。",
    "跟上回那件是同一件，请并到一起办。",
    "要花的钱超出了湾里能出的，请再研究一下办法。",
    "当事的两家都要求换个辈分高的人来讲。",
)

EXTENSION_REASONS: Final = (
    "连下了五天雨，水泥打不得，要等天晴。",
    "材料订了，店里讲下个礼拜才有货。",
    "要等在外做事的几户回来签字，约好了月底。",
    "正赶上割谷，请不到人手，过了这一阵就动工。",
    "师傅排队排到下礼拜三了。",
    "两家还差一家没点头，再给几天慢慢讲。",
    "上头的人来量过了，方案还没送下来。",
    "水还没退完，车子开不进去。",
    "挖出一根旧水管，要先请水厂来改道。",
    "过节师傅放假，节后头一天就来。",
)

PASS_ON_REASONS: Final = (
    "这片是另一位中心户联系的，转给他更熟。",
    "这件归红白理事组管，转给他们办。",
    "要用到铲车，转给有车的那一户去做。",
    "老人家只信隔壁大姐的话，转请她去办。",
    "跟环境卫生一起做省事，转给公共卫生监督组。",
    "手机上的事年轻人熟，转给驻村的红色管家。",
    "牵到两家的面子，转给议事组里的老人家讲。",
    "正好有人下周去镇上，转给他一趟带办。",
)

#: Words that fit after any matter, to be mixed with a case's own.
COMMON_GOOD: Final = (
    "说了就有人来办，放心了。",
    "办得蛮快，没让我跑第二趟。",
    "可以，比我想的还要好。",
    "总算有人管了，多谢大家操心。",
    "蛮好，下回有事还来坐一坐讲。",
    "办得实在，我没话讲。",
)
COMMON_BAD: Final = (
    "办得马虎，我不认可。",
    "说好的日子拖了又拖，没见收场。",
    "只顾了前头几家，我们后头没轮到。",
    "问题还在那里，请再来看看。",
)
COMMON_DECLINES: Final = (
    "这件眼下办不到，先把话讲明白，不让你空等。",
    "湾里的钱今年已经安排了，明年再提出来大家议。",
    "多数人家不同意，只能先放一放。",
)


def put(text: str, spot: str) -> str:
    """`text` with its {spot} filled: use one spot for all words of one matter."""
    return text.replace("{spot}", spot) if "{" in text else text


def pick_spot(rng: Random) -> str:
    """A spot in a hamlet."""
    return SPOTS[int(rng.random() * len(SPOTS))]


def fill(rng: Random, text: str) -> str:
    """`text` with its {spot} filled at random; text without one comes back untouched."""
    return text.replace("{spot}", pick_spot(rng)) if "{" in text else text

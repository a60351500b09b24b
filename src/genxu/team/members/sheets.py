"""Posts of members as a spreadsheet, out and in with the same columns."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, mobile, name, numbers, words
from genxu.core.sheets.writing import Out
from genxu.organisation.branches.member_actions import MEMBER_NAME_LIMIT
from genxu.people.models import NUMBER_LIMIT
from genxu.regions.columns import place_columns

from .models import ABOUT_LIMIT, Post
from .post_intake import PostIntake, PostRow, record_posts

Kind = Post.Kind
POST_COLUMNS: list[Out[Post]] = [
    *place_columns(),
    Out(_("Full name"), "member.name", 12),
    Out(_("Post"), lambda one: one.get_kind_display(), 16),
    Out(_("What he minds"), "about", 24),
    Out(_("Since"), "since", 12),
    Out(_("House numbers"), lambda one: "、".join(str(n) for n in one.numbers), 24),
]
KINDS: dict[str, tuple[str, ...]] = {
    Kind.POLICY: ("讲政策", "政策宣传岗", "政策宣传", "宣传", "宣传岗"),
    Kind.PEACE: ("调矛盾", "矛盾调解岗", "矛盾调解", "调解", "调解岗", "纠纷调解"),
    Kind.TIDINESS: ("环境卫生岗", "环境卫生", "卫生", "卫生岗", "保洁"),
    Kind.CARE: ("关爱老人岗", "关爱老人", "关爱", "关爱岗", "助老"),
    Kind.SAFETY: ("平安守护岗", "平安巡防岗", "平安", "安全", "安全岗", "巡防", "治安"),
    Kind.COUNSEL: ("议事监督岗", "议事监督", "民主监督岗", "民主监督", "监督", "监督岗"),
    Kind.OTHER: ("其他岗位", "其他", "其他岗", "其它"),
}


def make_row(hamlet: str, given: dict[str, Any]) -> PostRow:
    doors = tuple(given.pop("doors") or ())
    phone, about = (given.pop(key) or "" for key in ("phone", "about"))
    return PostRow(hamlet, phone=phone, about=about, doors=doors, **given)


POSTS = SheetKind(
    name="posts",
    label=_("Posts of members"),
    about=_("One row a post that a member has taken on."),
    columns=(
        Column("name", "姓名", name(MEMBER_NAME_LIMIT), required=True, example="罗大春",
               aliases="党员姓名 党员 名字"),
        Column("phone", "手机号", mobile, aliases="手机 电话 联系电话 手机号码",
               told=_("Only where two have one name.")),
        Column("kind", "岗位", choice(KINDS), required=True, example="环境卫生岗",
               aliases="岗位名称 设岗 岗位类别", choices=tuple(one[0] for one in KINDS.values())),
        Column("about", "做什么", words(ABOUT_LIMIT), aliases="职责 岗位职责 内容 说明",
               example="塘边那条巷子"),
        Column("since", "上岗日期", day, restore=date.fromisoformat, told=_("Left empty: today."),
               aliases="起始日期 认领日期 从哪天起"),
        Column("doors", "责任区户号", numbers(1, NUMBER_LIMIT), restore=tuple, example="3、5、8",
               aliases="户号 责任户 联系户 责任区 包户",
               told=_("House numbers, set apart by 、; left empty: the whole hamlet.")),
    ),
    make=make_row,
    key=lambda row: (row.hamlet, row.name, row.phone, row.kind, row.about),
    intake=PostIntake,
    take_in=record_posts,
)  # fmt: skip
SHEETS = [POSTS]

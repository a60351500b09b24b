"""Organisations and their members as spreadsheets, out and in."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.kinds import Column, SheetKind
from genxu.core.sheets.values import choice, day, mobile, name
from genxu.core.sheets.writing import Out

from .member_intake import MemberIntake, record_members
from .models import Member, Organisation
from .organisation_intake import OrganisationIntake, register_organisations
from .rows import MEMBER_NAME_LIMIT, NAME_LIMIT, MemberRow, OrganisationRow


def _of_heads(organisation: Any, name: str) -> str:
    """Something of who leads it, as the list's query put it there."""
    shown = f"get_{name}_display"
    return "、".join(
        str(getattr(h, shown)() if hasattr(h, shown) else getattr(h, name))
        for h in organisation.heads
    )


COLUMNS: list[Out[Organisation]] = [
    Out(_("Place code"), "hamlet_id", 18),
    Out(_("County"), "hamlet.parent.parent.parent", 12),
    Out(_("Township"), "hamlet.parent.parent", 14),
    Out(_("Village"), "hamlet.parent", 16),
    Out(_("Hamlet"), "hamlet", 16),
    Out(_("Kind"), lambda one: one.get_kind_display(), 14),
    Out(_("Name"), "name", 28),
    Out(_("State"), lambda one: one.get_state_display(), 10),
    Out(_("Founded on"), "founded_on", 12),
    Out(_("Term ends on"), "term_ends_on", 12),
    Out(_("Led by"), lambda one: _of_heads(one, "name"), 12),
    Out(_("Background"), lambda one: _of_heads(one, "background"), 14),
]
MEMBER_COLUMNS: list[Out[Member]] = [
    Out(_("Hamlet"), "hamlet", 16),
    Out(_("Full name"), "name", 12),
    Out(_("Phone number"), "phone", 14),
    Out(_("Kind"), lambda one: one.get_kind_display(), 18),
    Out(_("Duty"), lambda one: one.get_duty_display() if one.duty else "", 18),
    Out(_("Background"), lambda one: one.get_background_display(), 14),
    Out(_("On the list since"), "joined_on", 14),
]

KINDS: dict[str, tuple[str, ...]] = {
    Organisation.Kind.BRANCH: ("党支部", "支部", "村湾党支部", "单独支部"),
    Organisation.Kind.JOINT_BRANCH: ("联合党支部", "联合支部", "村湾联合党支部"),
    Organisation.Kind.PARTY_GROUP: ("党小组", "小组", "村湾党小组"),
}
MEMBERS: dict[str, tuple[str, ...]] = {
    Member.Kind.FULL: ("正式党员", "正式", "党员"),
    Member.Kind.PROBATIONARY: ("预备党员", "预备"),
    Member.Kind.OBSERVED: ("留党察看", "留察", "正式党员（留党察看）"),
}
DUTIES: dict[str, tuple[str, ...]] = {
    Member.Duty.SECRETARY: ("书记", "支部书记", "党支部书记", "湾支部书记"),
    Member.Duty.DEPUTY: ("副书记", "支部副书记", "党支部副书记"),
    Member.Duty.ORGANISATION: ("组织委员",),
    Member.Duty.PUBLICITY: ("宣传委员",),
    Member.Duty.DISCIPLINE: ("纪检委员", "纪律检查委员", "纪检"),
    Member.Duty.COMMITTEE: ("委员", "支部委员", "支委"),
    Member.Duty.LEADER: ("党小组长", "组长", "党小组组长", "小组长"),
    Member.Duty.NONE: ("无", "党员", "普通党员", "群众党员", "-"),
}
BACKGROUNDS: dict[str, tuple[str, ...]] = {
    Member.Background.LOCAL_TALENT: ("乡土人才",),
    Member.Background.ABLE_EARNER: ("致富能手", "致富带头人"),
    Member.Background.VETERAN: ("退伍军人", "退役军人"),
    Member.Background.RETURNEE: ("优秀返乡人员", "返乡人员", "返乡能人"),
    Member.Background.OTHER: ("其他",),
}


def first_words(words_of: dict[Any, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(words[0] for words in words_of.values())


def make_organisation(hamlet: str, given: dict[str, Any]) -> OrganisationRow:
    return OrganisationRow(
        hamlet, given["kind"], given["name"], given["founded_on"], given["term_ends_on"]
    )


def make_member(hamlet: str, given: dict[str, Any]) -> MemberRow:
    return MemberRow(
        hamlet, given["name"], given["phone"], given["kind"], given["duty"], given["background"]
    )


ORGANISATIONS = SheetKind(
    name="organisations",
    label=_("Party organisations"),
    about=_("One row a hamlet: its branch or group. A joint branch has a row for each hamlet."),
    columns=(
        Column(
            "kind", "组织类型", choice(KINDS), required=True, example="党支部",
            aliases="类型 类别 组织类别 组织形式 党组织类型 组织设置", choices=first_words(KINDS),
        ),
        Column(
            "name", "组织名称", name(NAME_LIMIT),
            aliases="名称 党组织名称 支部名称 党支部名称 党小组名称",
            told=_("Left empty, it gets the usual one: 罗家洲党支部."),
        ),
        Column(
            "founded_on", "成立日期", day, restore=date.fromisoformat, example="2021-07-01",
            aliases="成立时间 组建时间 组建日期 建立时间 批准时间",
        ),
        Column(
            "term_ends_on", "任期届满", day, restore=date.fromisoformat,
            aliases="届满日期 届满时间 任期届满时间 到期时间 任期截止",
            told=_("Left empty, five years after the founding."),
        ),
    ),
    make=make_organisation,
    key=lambda row: row.hamlet,
    intake=OrganisationIntake,
    take_in=register_organisations,
)  # fmt: skip

PARTY_MEMBERS = SheetKind(
    name="members",
    label=_("Party members"),
    about=_("One row a member. The organisation is the one that serves the hamlet."),
    columns=(
        Column(
            "name", "姓名", name(MEMBER_NAME_LIMIT), required=True, example="罗大春",
            aliases="党员姓名 名字 党员",
        ),
        Column(
            "phone", "联系电话", mobile, example="13800000000",
            aliases="电话 手机 手机号 手机号码 电话号码 联系方式",
        ),
        Column(
            "kind", "党员类别", choice(MEMBERS), required=True, example="正式党员",
            aliases="类别 党员类型 人员类别 党籍 党员身份", choices=first_words(MEMBERS),
        ),
        Column(
            "duty", "党内职务", choice(DUTIES), example="书记", choices=first_words(DUTIES),
            aliases="职务 支部职务 党内任职 担任职务 现任职务",
        ),
        Column(
            "background", "来历", choice(BACKGROUNDS), choices=first_words(BACKGROUNDS),
            aliases="书记来源 来源 人员来源 书记身份 身份类别 组长来源",
            told=_("Of secretaries and leaders of groups only."),
        ),
    ),
    make=make_member,
    key=lambda row: (row.hamlet, row.name, row.phone),
    intake=MemberIntake,
    take_in=record_members,
)  # fmt: skip

SHEETS = [ORGANISATIONS, PARTY_MEMBERS]

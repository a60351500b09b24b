"""What the article counted, as constants to build a world by; nothing of it is ever a figure.

Source: 荆楚网(湖北日报网), 2023-05-24, on the 红色根须工程 of 咸宁.
"""

from datetime import date, timedelta, timezone

from .stories import STORIES

CST = timezone(timedelta(hours=8))
START = date(2021, 6, 1)
"""The plan for the trial is of May 2021 (《党建引领村湾治理试点工作方案》)."""
ARTICLE_DAY = date(2023, 5, 24)

XIANNING, CHONGYANG, GANGDONG = "4212", "421223", "421221104202"
BRANCHES, PARTY_GROUPS = 1577, 2828
HAMLETS = BRANCHES + PARTY_GROUPS
"""“一个村湾一个党组织”: one organisation to a hamlet."""
CENTRE_HOUSEHOLDS, HOUSEHOLDS = 24_321, 320_000
COUNCILS = 2934
VENUES = 1430
"""党支部阵地兼党员群众活动中心."""
GANGDONG_PEOPLE = 2557
ZHU_MU, ZHU_INCOME, ZHU_PER_HEAD = 1500, 123_000, 26_000
"""Of 朱家湾: land, income of the collective and income per head (yuan) in 2022."""
ARTICLE = {"talks": 6840, "suggestions": 8455, "matters_done": 9786}
"""Of 崇阳县."""

NAMED = {story.village: story.name for story in STORIES}
"""The hamlets that the article names, by their village."""
NAMED_HAMLETS = tuple(story.code for story in STORIES)

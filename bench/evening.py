"""The evening that is recorded over and over: a talk with three suggestions, all taken up."""

VENUE = "卢家祠堂门口"
TOPIC = "夏收之后先办哪几件事"
HEADS = 23
HOST = "卢卫国"
RECORDER = "卢秀兰"

SAID = (
    ("村口到晒谷场那一段的路灯坏了三盏,晚上散步的老人看不见路,请尽快修好。", "household", "common"),
    ("我腿脚不便,屋后的排水沟堵了一个多月,想请人帮忙清一清。", "卢大妈", "personal"),
    ("去镇上的班车能不能早上加一趟,学生和卖菜的都要赶早。", "", ""),
)
"""What was said, who raised it (``household``: the first of the hamlet), its tier if triaged."""

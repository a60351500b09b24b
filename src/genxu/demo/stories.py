"""Scripts of the talks held in the six hamlets the article names: data only, nothing is saved here.

Each line of the text below is one record. "=" a hamlet, "T" a talk (days ago | hour | topic |
place | heads | host), "S" a suggestion (who | response | said | reply), "J" the earlier matter it
joins, "M" a matter that came of it (key | title | tier | urgency), "P" the path of that matter:
steps `code@days-after-the-talk words`, parted by " / ". An empty path is a matter only registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

Step = tuple[str, int, str]
Who = Literal["household", "resident", "nobody"]
Response = Literal["answered", "taken_up", "declined"]
Host = Literal["secretary", "chair", "centre_household", "posted_member"]


@dataclass(frozen=True, slots=True)
class MatterScript:
    """A matter and its way: steps of (step, days after the talk, words)."""

    key: str
    title: str
    tier: Literal["personal", "common", "specialist"]
    urgency: Literal["ordinary", "urgent"]
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SuggestionScript:
    """What was said, how it was met, and what came of it."""

    said: str
    who: Who
    response: Response
    reply: str
    joins: str | None = None
    matters: tuple[MatterScript, ...] = ()


@dataclass(frozen=True, slots=True)
class TalkScript:
    """One evening talk; `topic` is as the secretary wrote it."""

    days_ago: int
    at: str
    topic: str
    place: str
    head_count: int
    host: Host
    suggestions: tuple[SuggestionScript, ...]


@dataclass(frozen=True, slots=True)
class HamletScript:
    """A hamlet of the article, found in the tree by its four names."""

    name: str
    county: str
    township: str
    village: str
    talks: tuple[TalkScript, ...]


_STEPS: Final = {
    "t": "triage",
    "a": "assign",
    "s": "start",
    "u": "pass_up",
    "n": "answer",
    "p": "pass_on",
    "r": "return",
    "e": "ask_extension",
    "k": "approve_extension",
    "f": "finish",
    "q": "ask_back",
    "x": "close_unconfirmed",
    "v5": "verdict:very_satisfied",
    "v4": "verdict:satisfied",
    "v3": "verdict:fairly_satisfied",
    "v2": "verdict:dissatisfied",
    "v1": "verdict:very_dissatisfied",
}


def _step(text: str) -> Step:
    when, _, words = text.partition(" ")
    code, _, day = when.partition("@")
    return (_STEPS[code], int(day), words)


def _blocks(text: str, mark: str) -> list[tuple[list[str], str]]:
    """The records that `mark` opens: the fields of the opening line, and the lines that follow."""
    blocks = []
    for block in ("\n" + text).split(f"\n{mark} ")[1:]:
        line, _, rest = block.partition("\n")
        blocks.append((line.split("|"), rest))
    return blocks


def _matter(fields: list[str], rest: str) -> MatterScript:
    key, title, tier, urgency = fields
    path = rest.removeprefix("P").strip()
    return MatterScript(
        key,
        title,
        cast(Literal["personal", "common", "specialist"], tier),
        cast(Literal["ordinary", "urgent"], urgency),
        tuple(_step(step.strip()) for step in path.split(" / ")) if path else (),
    )


def _suggestion(fields: list[str], rest: str) -> SuggestionScript:
    who, response, said, reply = fields
    joins = next((names[0].strip() for names, _ in _blocks(rest, "J")), None)
    matters = tuple(_matter(*block) for block in _blocks(rest, "M"))
    return SuggestionScript(said, cast(Who, who), cast(Response, response), reply, joins, matters)


def _talk(fields: list[str], rest: str) -> TalkScript:
    days_ago, at, topic, place, heads, host = fields
    suggestions = tuple(_suggestion(*block) for block in _blocks(rest, "S"))
    return TalkScript(int(days_ago), at, topic, place, int(heads), cast(Host, host), suggestions)


def _hamlet(fields: list[str], rest: str) -> HamletScript:
    name, county, township, village = fields
    talks = tuple(_talk(*block) for block in _blocks(rest, "T"))
    return HamletScript(name, county, township, village, talks)


_TEXT: Final = """\
= 罗家洲|嘉鱼县|新街镇|港东村
T 70|19:30|村湾道路，晴天一身灰雨天一身泥|晒谷场|58|secretary
S household|taken_up|从堤边到晒谷场那条路，晴天一身灰，雨天一身泥，车子过去窗台上抹得出字，先把这条路管一管。|这条路八百多米，分两步走：先垫石渣，再打水泥。垫路的事湾里自己办，打水泥的钱往上报。
M road-gravel|堤边到晒谷场土路垫石渣|common|ordinary
P t@0 湾里自己垫得了 / a@1 交议事组，会开拖拉机的两户出车 / s@2 量了路，八百四十米，要垫二十车 / e@6 连下四天雨，车子陷在路口，要等天晴 / k@6 同意延到月底，先把路口垫出来 / f@16 垫了二十二车石渣，压了两遍 / q@17 到反映的那家坐了一下 / v2@17 石渣大了，骑车像跳舞，压得不实 / f@24 又拉了六车石粉盖面，压路机压了半天 / q@25 陪着走了一个来回 / v4@25 这回平了，车子过也没那么大灰
M road-concrete|堤边到晒谷场路面硬化|specialist|ordinary
P t@0 打水泥要十几万，湾里出不起 / a@1 请书记写明长度和户数 / s@3 六十一户签了字，让地的九户也签了 / u@5 报到村里 / u@9 村里同意，一起报镇里 / n@24 镇里答复列进今年硬化计划，湾里出工平路基 / f@48 路面打好，三米五宽，两边留了水沟 / q@50 约在路上看了 / v5@50 下雨天穿布鞋出门，几十年头一回
S household|taken_up|我屋在洲尾，路灯只装到洲头，散了夜话回屋要摸两里黑路。|洲尾那一段今年装，先数要几盏。
M lamps|洲尾到渡口路段装路灯|common|ordinary
P t@0 大家事，理事会接 / a@2 交洲尾中心户牵头 / s@4 数了要九盏，户主会凑了三千六百块 / f@20 九盏太阳能灯都亮了 / q@21 晚上去看了灯，再上门问 / v4@21 亮堂，走到屋门口都看得见
S nobody|answered|路边堆的柴草能不能让一让，两部车子错不开。|散会就讲，明天早上靠里挪一米，当场几家都点了头。
T 56|19:30|湾里卫生，门前屋后|湾子礼堂|44|chair
S household|taken_up|沟里漂的都是袋子，一到热天臭得不敢开窗，你们讲了几年了，不要光讲。|是我们做得不够，礼拜六我带头下沟，你来看。
M ditch|洲头臭水沟清淤换盖板|common|ordinary
P t@0 公共卫生监督组办 / a@1 交监督组 / s@3 来了二十一个人，清了五车淤泥 / f@7 沟清了三百米，盖板换了十四块 / q@8 到屋里问 / v3@8 沟是清了，就看管得多久
S resident|taken_up|我腰不好，门口那堆砖头搬了一个月没搬完，绊了邻居也怪不好意思。|明天来三个人，半个钟头的事。
M bricks|帮腰腿不便的人家搬走门口砖堆|personal|ordinary
P t@0 个人的事，邻里帮 / a@0 交隔壁中心户 / s@1 来了三个后生 / f@1 砖搬到屋后码好，地也扫了 / q@2 隔着院墙问的 / v5@2 一口水都没喝就搬完了，过意不去
S household|taken_up|打水泥那件到底到哪一步了？我们这边八户也盼着，算我一个。|已经报到镇里，你们八户记上一笔，有信先告诉你们。
J road-concrete
T 42|19:00|收成和水渠|晒谷场|39|secretary
S household|taken_up|渡口那条渠到我田里只剩筷子粗一股水，晚稻灌浆要误了，渠要通，闸也要修。|渠我们自己通，闸是水管站的，报上去。
M canal|渡口渠道割草清淤|common|ordinary
P t@0 / a@1 交议事组，一家一个工 / s@3 到了二十六个工 / f@6 一千一百米渠都清通了 / q@7 田边碰到的 / v4@7 水有碗口粗了
M gate|渡口老闸门漏水更换|specialist|ordinary
P t@0 闸归上头管 / a@1 交书记报 / s@2 拍了照，量了闸口一米二 / u@4 报到村里 / u@8 村里转报镇上 / u@14 镇上说要县里水利的人看 / n@27 县里看过，冬闲时换铁闸，先送来一块闸板挡水 / f@33 闸板装上，漏水小了九成，换闸的日子贴在渠边 / q@35 打电话，没人接 / q@36 上门，锁着，说去武汉带孙子了 / q@38 托中心户带话，也没回 / x@39 三天三回没碰到人，先记作没问到
S household|declined|能不能每家补一百块钱的灰土费，这几年吃的灰都够一担了。|心里的气我们听到了。这钱没有来处，户主会也没同意，不能答应你，把路修好才是正经。
S resident|answered|医保今年几时交，交多少？|这个月底前交，数字一会儿写在黑板上，不会弄的礼拜三来礼堂，有人帮。
T 27|19:00|两家的田埂和湾里的和气|湾子礼堂|35|chair
S household|taken_up|我跟下首那家为半尺田埂三年没讲话，今天当大家面，请老人家给句公道话。|你肯开口就好了一半，后天两家一起到田里看。
M ridge|两家田埂界线讲和|personal|ordinary
P t@0 两家的事，辈分高的人去讲 / a@1 交中心户 / r@2 两家都要求换个辈分高的老人家来讲 / t@3 / a@3 交道德评议组的老人家 / s@4 两家都到田里，拉了绳子 / f@6 各退半尺，埋了三块青石 / q@8 两家分开问的 / v4@8 石头埋下，烟也递了
S household|taken_up|夜里挖机从新路上过，履带压出印子，刚打的路经不起。|重车走老堤，先立根杆子。
M bar|新修路口立限宽杆|common|ordinary
P t@0 / a@2 交理事会 / s@4 杆子焊好了 / p@5 要用到吊车，转给有车的那户 / s@6 / f@9 杆子立在路口，漆了红白 / q@11 没碰到人
S household|taken_up|水沟又臭了，上回讲清一个月一次，这个月没人来。|记下，把班表贴出来。
M ditch-rota|洲头水沟每月清理排班|common|ordinary
P t@1 / a@3 交公共卫生监督组 / s@8 二十二户排成四班
T 13|19:00|过年前要办完的事|晒谷场|47|secretary
S household|taken_up|渡口等船的棚子顶飞了，上学的伢淋雨。|棚子湾里能修，先报个料。
M shed|渡口候船棚顶修补|common|ordinary
P t@0 / a@1 交会做木工的两户 / s@4 铁皮瓦买了十二块
S household|taken_up|我屋八十岁的娘要认证领养老钱，手机刷不过。|明天上门帮办，证件放在手边。
M pension|上门帮老人做养老认证|personal|ordinary
P t@0 / a@0 交红色管家 / s@1 / f@1 换到窗口亮处刷过了，单子留给老人 / q@2 当面问的 / v5@2 娘讲这个伢耐烦
S household|taken_up|洲尾那头手机没信号，喊人要站到堤上喊。|记了，测一下再报上去。
M signal|洲尾一带手机信号弱|specialist|ordinary
P t@0 / a@2 交书记 / s@4 十一户测过，八户只有一格 / u@6 报到村里，等回音
S household|taken_up|新路边上没有护坡，雨一冲就掉土。|先去看看哪几处要紧。
M slope|新路临塘一侧培土护坡|common|ordinary
P t@1
= 戴峰山屋场|通城县|石南镇|梅港村
T 69|19:30|屋场卫生和门前三件事|老樟树下|33|secretary
S household|taken_up|屋场里扫得干净，就是上头山沟冲下来的树枝堵在桥洞，一涨水就漫到晒场。|桥洞我们自己掏，沟口加个拦的东西。
M culvert|桥洞树枝淤泥清掏|common|ordinary
P t@0 / a@1 交清扫的一班人 / s@2 掏出来四板车 / f@5 桥洞通了，看得见对面的光 / q@6 / v5@6 掏得干净
M rack|山沟口加装拦枝铁栅|common|ordinary
P t@0 / a@2 交会电焊的户 / s@5 / e@7 钢筋要到县里拉，等顺路车 / k@7 同意再给十天 / f@15 铁栅焊好，隔两掌宽一根 / q@16 / v4@16 上礼拜那场雨全拦住了
S household|taken_up|老屋巷里两家为一条滴水沟，嘴都吵干了，请会讲话的老人来劝一劝。|老党员明早巡一圈就到你们那里坐。
M drip|老屋巷两家滴水沟讲和|personal|ordinary
P t@0 / a@0 交屋场里的和事佬 / s@1 两家各讲了一个钟头 / f@3 装了檐槽，水往明沟走，钱一家一半 / q@4 分头问的 / v2@4 檐槽短了一截，我这边墙还是湿 / f@7 接长了一米二，试了一桶水 / q@8 / v4@8 墙干了，早上还分了我一把韭菜
S nobody|answered|垃圾桶的盖子哪个拿去了？|是风刮到塘里去了，明天捞起来，绑根绳子。
T 55|19:30|红白事简办，坟山管好|祠堂门口|41|chair
S household|taken_up|拆下来的老坟场地还空着一块黄土，下雨往下冲，栽点什么吧。|栽茶树还是栽柏树，今晚举手，多的算。
M hill|拆出的坡地栽树固土|common|ordinary
P t@0 举手二十九家要栽柏树 / a@1 交志愿服务队 / s@4 订了两百棵苗 / f@11 栽了两百棵，一棵插了一根竿 / q@12 / v5@12 黄土变青了
S household|taken_up|公墓只剩三个穴了，到时候老人往哪里放，不能逼大家又上山。|这个要报到镇上，先把还有几个穴数清楚。
M cemetery|公墓穴位扩建和上山路|specialist|ordinary
P t@0 / a@1 交红白理事组 / s@3 数了，剩三个，用了四十七个 / u@5 报到村里 / u@10 村里报到镇上 / n@22 镇上同意扩四十个，先办手续，路一起修 / f@38 北坡扩了四十个，石板路通到顶 / q@40 / v5@40 这件事了了，老人夜里不翻身了
S household|declined|我屋那桌白事酒已经请了二十桌，能不能算在约定前头？|约定是上个月大家举手定的，十桌就是十桌，你屋办过的别家也照办的。剩的菜湾里帮你退。
T 41|19:00|山上防火，屋里防烟|老樟树下|30|secretary
S household|taken_up|山口那根电线挨着枫树，起风打火星，我看到两回了。|今晚派两个人守着，明早就报。
M wire|山口电线碰树枝处理|specialist|urgent
P t@0 / a@0 交书记马上报 / s@0 连夜守了一班 / u@0 打电话报村里 / u@0 村里当夜报镇上 / n@1 镇上讲供电的人明早到 / f@1 停电砍枝，线抬高了一米半 / q@2 / v5@2 一夜都没拖，好
S resident|taken_up|我灶房一烧火满屋烟，呛得眼睛流水，烟囱怕是堵了。|明天来个人上屋顶看。
M chimney|帮独户老人通烟囱|personal|ordinary
P t@0 / a@1 交隔壁会泥工的 / s@1 / f@2 掏出一窝鸟巢，烟囱接高半米 / q@3 敲门没人应，说走亲戚去了 / q@5 电话没人接 / q@7 又去了一趟，门锁着 / x@8 隔了三天问了三回没碰到，记作没问到
S household|taken_up|公墓那条路也算我一份，我屋三个老的都在里头。|记上，一起等信。
J cemetery
T 27|19:00|老人照料和冬天取暖|文化广场|28|centre_household
S household|taken_up|上屋几个老的冬天一人守一个火盆，怕烟怕火，能不能聚到一处烤火？|活动室装两个烤火的，下午开门。
M warm|活动室冬天开放取暖|common|ordinary
P t@0 / a@2 交上屋中心户 / s@4 烤火炉有人送了一台 / f@8 每天下午一点开到五点，装了报警的小盒子 / q@10 老人家在打牌，没听见 / q@12 去了，活动室正散场，没碰上
S household|taken_up|屋场口石阶让青苔弄得滑，上礼拜摔了一个。|明早先撒沙，再刷。
M steps|屋场口石阶刷青苔凿防滑纹|common|ordinary
P t@0 / a@1 交清扫的一班人 / r@3 石阶裂了三级，光刷没用，要请石匠 / t@4 / a@5 交会石匠活的户 / s@7 凿到第十二级
S resident|answered|我想认得路牌上的字，哪里学？|礼拜三晚上礼堂有人读报，前头一刻钟专门认字，你来坐前排。
T 12|19:00|过冬的路、水和电|祠堂门口|36|secretary
S household|taken_up|后山水管没包，去年冻裂了三处，今年早点包起来。|买草绳和棉套，礼拜天动手。
M pipe|后山露天水管包棉防冻|common|ordinary
P t@0 / a@1 交有管钳的两户 / s@3 包了一百一十米
S household|taken_up|下屋那口井打上来的水有股铁味，喝了不放心。|先莫喝，取瓶水报上去化验。
M well|下屋水井请人化验|specialist|ordinary
P t@0 / a@1 交公共卫生监督组 / s@2 取了两瓶，写了日子 / u@3 报到村里 / u@6 村里送到镇上，等单子
S household|taken_up|儿子寄回来的药说明书字太小，哪个念给我听一遍？|散会就念，再用大字抄一张。
M leaflet|帮老人念说明书抄大字|personal|ordinary
P t@0 / a@0 交中心户 / s@0 / f@0 念了两遍，抄了一张大字贴在柜门 / q@1 / v5@1 看得清，记得牢
S household|taken_up|柏树苗死了几棵，黄了叶的也有。|先数一下死了几棵。
M saplings|新栽柏树补苗浇水|common|ordinary
P
= 大屋梁|嘉鱼县|官桥镇|朱砂村
T 71|19:30|礼堂怎么用，十桌酒怎么排|湾子礼堂|62|secretary
S household|taken_up|礼堂摆得下十桌，可是灶只有一口，菜上到第八桌，头桌都凉了，还有人用完不扫，要有个章程。|加一口灶，再做个本子，谁用谁登谁扫。
M stove|礼堂后墙搭灶间添大灶|common|ordinary
P t@0 / a@1 交红白理事组 / s@3 量了地方，后墙外三米 / e@6 砌灶师傅排到下礼拜 / k@6 同意等师傅，先借一口柴油灶 / f@15 大灶砌好，头一回办了十桌 / q@16 / v2@16 烟倒灌，炒菜的眼睛睁不开 / f@20 烟道加高一米，装了抽烟机 / q@21 / v5@21 十桌菜一个钟头上齐，没呛着
M ledger|礼堂借用登记和清扫|common|ordinary
P t@0 / a@1 交管钥匙的中心户 / s@2 本子挂上了 / f@5 用了三回，都扫干净还的 / q@6 / v4@6 有本子就没话讲
S household|taken_up|红色影院的机子坏了两个月，伢们礼拜六来了又回去。|先借学校的放一场，机子送去修。
M projector|红色影院放映机送修|common|ordinary
P t@0 / a@1 交文艺队 / s@3 灯泡烧了，县城有货 / f@8 换了灯泡，礼拜六放了，坐了八十七个人 / q@9 / v5@9 又有得看了，带小板凳来的
S nobody|answered|放片子几点开始？|夏天七点半，冬天六点半，写在礼堂门口的黑板上。
T 57|19:30|读书会读什么，饺子怎么包|湾子礼堂|49|chair
S household|taken_up|读书会的书都是旧的，伢们要看带图的，老人要看大字的，添一点吧。|先收各家看过的，再跟县里图书馆借。
M books|读书会添带图书和大字书|specialist|ordinary
P t@0 借书要上头牵线 / a@1 交读书会 / s@3 收了各家旧书九十本 / u@5 请村里帮着联系 / u@9 村里请镇上开条子 / n@18 镇里文化站答应三个月换一批，一批两百本 / f@26 头一批两百本上架，大字的六十本 / q@28 / v5@28 伢一放学就往这里钻
S resident|taken_up|我眼睛花了，包饺子的日子贴在墙上我看不清，去年就错过了，哪个到时喊我一声？|隔壁包了，早上喊你，一起走。
M call|集体活动前喊一声眼花的老人|personal|ordinary
P t@0 / a@0 交隔壁大姐 / s@1 / f@3 头天晚上喊了一遍，早上又喊 / q@4 / v5@4 饺子吃了两碗
S household|declined|文艺汇演能不能请外头的戏班，热闹些。|请一场要八千，户主会上二十八家不同意。自己人唱，你屋那个会拉二胡的算一个。
T 43|19:00|村湾夜校，手机怎么用|农家书屋|38|posted_member
S household|taken_up|礼堂后头那根电杆斜了，开音响灯就闪，怕是线细了。|电的事不自己动，报上去。
M pole|礼堂后电杆扶正换粗线|specialist|ordinary
P t@0 / a@1 交书记 / s@2 离得远远拍了照 / u@3 报到村里 / u@6 村里报到镇上供电所 / n@16 供电所来人，先打了撑杆，月底换线 / f@30 杆扶正了，线换粗一号，十桌灶灯一齐开不闪 / q@32 打电话没通 / q@34 上门，去女儿家了 / q@36 托人问，回说再讲 / x@37 三回没问到本人，记作没问到
S household|taken_up|那批新书几时到？我屋两个伢天天问，我也算一个催的。|镇上答应了，正在装箱，你屋伢记第一个借。
J books
S household|taken_up|我不会在手机上交电费，每回托人怪难为情。|现在就学，学三回就会。
M ebill|教老人手机上交电费|personal|ordinary
P t@0 / a@0 交红色管家 / s@1 学了一回 / p@2 隔壁年轻人教得更耐烦，转给他 / s@3 / f@6 学了三回，这个月自己交的 / q@7 / v4@7 会了，就是字小
T 28|19:00|年底汇演和广场|文化广场|45|chair
S household|taken_up|广场没有遮雨的，排节目一落雨就散了，搭个棚吧。|搭棚要看地，先量。
M awning|文化广场戏台加遮雨棚|common|ordinary
P t@0 / a@2 交理事会 / s@5 量了，八米长四米宽 / f@16 钢架棚搭好，挂了两盏灯 / q@18 排练散得早，没问到
S household|taken_up|音响搬进搬出，摔了两回，做个带轮子的柜子。|会木工的今晚就认了。
M cart|音响做带轮柜子|common|ordinary
P t@0 / a@1 交会木工的户 / r@3 木料要干两个月，眼下做不了，改买铁的 / t@4 / a@5 交文艺队 / s@8 订了一个铁的
S household|answered|文化展览室那些老农具让不让伢摸？|让摸，就是扁担和犁头重，大人扶着摸。
T 9|19:00|过年在外的人回来，车停哪里|湾子礼堂|55|secretary
S household|taken_up|过年车子多，去年把礼堂门口堵死，救护车都进不来。|先找两块空地，讲好怎么停。
M parking|过年停车空地平整画线|common|ordinary
P t@0 / a@1 交议事组 / s@4 看好了打谷场和老砖厂两块
S household|taken_up|进湾那座小桥栏杆断了半边，车多怕出事。|先拉绳子，报上去修。
M bridge|进湾小桥栏杆修复|specialist|ordinary
P t@0 / a@0 交书记 / s@1 绳子拉上，夜里挂了反光条 / u@2 报到村里 / u@5 村里报镇上，约了后天来看
S household|taken_up|我屋儿媳带两个伢回来，想借礼堂的婴儿椅。|有两把，擦干净留一把给你。
M chair|借用礼堂婴儿椅|personal|ordinary
P t@0 / a@0 交管钥匙的中心户 / r@2 椅子前天让隔壁湾借走了，我手上没有，请再问问理事会
S resident|taken_up|汇演那天想给老人留前排带靠背的凳子。|记下，跟文艺队讲。
M seats|汇演前排留靠背凳给老人|common|ordinary
P
= 朱家湾|咸安区|向阳湖镇|广东畈村
T 70|19:30|基地租金和账要算明白|文化广场|66|secretary
S household|taken_up|以前为分钱扯皮扯得过年都不走动，今年租金到了多少、哪家几亩，要念出来，还要贴出来。|总账今晚就念，各家自己的当面给自己看，总数贴墙上。
M accounts|基地租金总账上墙公布|common|ordinary
P t@0 / a@1 交议事组三个识数的人 / s@2 三年的账都翻了 / f@5 总账贴在广场，各家的各家签了字 / q@6 / v5@6 明明白白，再没有扯皮的话
M rounding|山地亩数重新核对|common|ordinary
P t@0 / a@2 交议事组 / s@5 / e@7 外头做事的五户月底才回来 / k@7 同意等五户回来一起量 / f@22 四十三户都量过，差得多的三户改了 / q@23 / v4@23 量得细，少的二分补上了
S household|taken_up|基地里那条便道，拉苗的车陷了三回，工钱都耗在推车上。|先填石头，再想打水泥。
M track|苗木基地便道铺碎石|common|ordinary
P t@0 / a@1 交合作社管事的 / s@3 拉了九车 / f@9 三百一十米铺到头 / q@10 / v2@10 铺薄了，两趟车又压出沟 / f@16 加了七车，压路机压过 / q@17 / v4@17 这回装苗没下车推过
S nobody|answered|网球场晚上能不能亮灯？|八点半以前亮，自己拉闸自己关，闸在西边箱子里。
T 56|19:30|果树、苗木和销路|湾子礼堂|52|chair
S household|taken_up|桃树流胶，打了三遍药没用，再下去一百多棵都保不住。|乱打药不如请懂的人来看，往上报。
M peach|桃树流胶请懂的人来看|specialist|ordinary
P t@0 / a@1 交种桃的大户 / s@2 数了病树一百一十二棵，照了相 / u@4 报到村里 / u@6 村里报镇上 / u@9 镇上请区里 / n@17 区里来了懂果树的，教了刮胶、涂药、开沟 / f@33 照着治了一遍，新枝没有流 / q@35 / v5@35 保住了一百棵，今年有桃吃
S household|taken_up|我一个人挑不动水，新栽的苗要渴死了。|明早四点半，趁凉，来五个人帮你浇。
M watering|帮独户浇新栽的苗|personal|ordinary
P t@0 / a@0 交隔壁三户 / s@1 / f@1 浇了两百四十棵 / q@2 / v5@2 天没亮就来了，我粥都没煮好
S household|declined|我想把山地的股退出来，现钱现拿。|合同是写到后年的，退一家乱一家，大会没通过。你急用钱，租金可以先预支一季，明天来办。
T 42|19:00|农家乐的客人和停车、垃圾|文化广场|48|secretary
S household|taken_up|礼拜天来的客人把车停到菜地里，垃圾桶倒了也不扶，做生意要顾邻里。|停车另开一块，垃圾一天收两遍。
M carpark|农家乐停车场平整|common|ordinary
P t@0 / a@2 交几家农家乐合办 / s@4 平了一亩地 / f@12 停得下四十部，门口有人指 / q@13 电话打了没接 / q@15 上门，去县里卖苗了 / q@17 第三回也没碰到 / x@18 三回不在家，记作没问到
M rubbish|礼拜天垃圾早晚各收一遍|common|ordinary
P t@0 / a@2 交公共卫生监督组 / s@3 / f@7 早九点晚六点各收一遍 / q@8 / v4@8 门口清爽，客人也不丢了
S household|taken_up|桃树的事我屋二十棵也有，一起记上。|记上，请来的人也到你园子看。
J peach
S resident|answered|我屋小的想在基地做事，要什么手艺？|不要手艺，礼拜一早上来，剪枝有人教，一天一百二。
T 28|19:00|邻里之间的那些小事|湾子礼堂|40|centre_household
S household|taken_up|隔壁民宿夜里唱歌唱到十一点，我屋伢明早要上学。|明天两家坐一坐，先把点钟讲死。
M noise|民宿夜里唱歌定点收场|personal|ordinary
P t@0 / a@1 交两家中间的中心户 / s@2 两家坐了一晚 / f@4 九点半收，喇叭朝山 / q@6 / v4@6 昨夜睡得好
S household|taken_up|果子下来拉不出去，一车压五天就坏，路口那个弯太急，大车进不来。|弯要削，地是两家的，先问。
M bend|果园路口急弯削宽|specialist|ordinary
P t@0 / a@2 交书记 / s@4 两家点了头，各让一米 / u@7 报到村里 / u@12 村里报镇上，说等下个月的计划 / n@24 镇上同意做，湾里先清树桩 / f@27 弯削宽到六米，立了镜子
S household|taken_up|羽毛球场灰大，扫的人没定下。|排个班，一家一天。
M court|羽毛球场打扫排班|common|ordinary
P t@0 / a@3 交打球的几个人 / r@6 打球的多是外头来的，排不到班 / t@8 / a@9 交体育队
T 11|19:00|冬剪和明年栽什么|文化广场|51|secretary
S household|taken_up|冬剪不会的多，请老把式到园子里教一天。|礼拜五来，地方定在东坡。
M prune|冬剪现场教一天|common|ordinary
P t@0 / a@1 交合作社管事的 / s@3 老把式约好了 / f@6 到了三十四个人，剪了八十棵做样子 / q@8 没碰到，说下园子去了
S household|taken_up|拉到外县的苗要开证，去年在路边等了一天，今年先问清。|把品种数量写清楚先报。
M permit|苗木外运开证先问清|specialist|ordinary
P t@0 / a@1 交合作社 / s@2 写了五个品种两千三百株 / u@4 报到村里，村里打了电话 / u@7 报到镇上 / u@9 镇上转报区里，等开证的人回话
S household|taken_up|我屋灶前一盏灯闪，会弄的来看下。|散会就去。
M light|帮换灶房闪的灯|personal|ordinary
P t@0 / a@0 交隔壁电工 / s@0 / f@0 换了灯头 / q@1 / v5@1 亮了，顺手还拧紧了闸
S household|taken_up|球场围网破了洞，球飞到路上，骑车的躲不及。|记下，先补洞。
M net|篮球场围网补洞|common|ordinary
P t@1
= 六组|嘉鱼县|簰洲湾镇|中堡村
T 68|19:30|墙上的组规民约，写得明白不明白|文化广场|54|secretary
S household|taken_up|墙上画的约定，有两句绕口，老人读不顺，字也褪了，改成顺口的再描一遍。|今晚就改，念得顺口为准，改好再上墙。
M wall|约定墙改成顺口话重新描|common|ordinary
P t@0 / a@1 交道德评议组 / s@3 念给十二个老人听，改了四句 / f@14 墙描好，画了插秧和防汛 / q@15 / v2@15 最后一句还是绕，老人读到那里就停 / f@19 改成七个字，老人一口气念完 / q@20 / v5@20 念得顺，小伢都会背
M poster|约定印成大字张贴到户|common|ordinary
P t@0 / a@1 交中心户 / s@3 / e@6 印的店停电，要后天才印得出 / k@6 同意延三天 / f@11 一家一张，大字的，贴在门后 / q@12 / v4@12 字大，不戴镜子也看得见
S household|taken_up|堤边的路灯两盏不亮，夜里巡堤踩到坑里。|明天看线，巡堤的先带头灯。
M lamp|堤边两盏路灯换线|common|ordinary
P t@0 / a@1 交电工户 / s@2 / f@5 换了二十米线，两盏都亮 / q@6 / v4@6 夜里巡堤放心了
S nobody|answered|唱歌练到几点？|七点半到八点半，散了场把凳子摆回去。
T 55|19:30|抗洪的歌怎么唱，给谁唱|湾子礼堂|47|chair
S household|taken_up|抗洪的歌写了三首，没得个会打拍子的，唱得散了，县里能不能来个懂的人教一教？|报上去请，先自己练。
M songs|请懂音乐的人教合唱|specialist|ordinary
P t@0 / a@1 交有音乐底子的几户 / s@3 写了三首词，录了一段 / u@5 报到村里 / u@8 村里报镇上 / u@12 镇上请县文化馆 / n@22 县文化馆的老师答应来教两晚 / f@30 教了两晚，会唱的三十四个人 / q@32 / v5@32 唱齐了，老的听了抹眼泪
S resident|taken_up|我年纪大了，想唱又怕站不稳。|给你搬把椅子，坐着唱。
M seat|合唱给老人备椅子|personal|ordinary
P t@0 / a@0 交合唱队 / s@1 / f@2 备了四把带扶手的椅子 / q@3 / v5@3 坐着唱，嗓子放得开
S household|declined|能不能把我屋门前的堤段让别家守，我值班多了两回。|堤段是抽签分的，换了别家也要多两回。你家两回记在本子上，下一轮头一个歇。
T 41|19:00|堤上的裂缝和排水泵|晒谷场|43|secretary
S household|taken_up|堤脚下有一条缝，插得进一根筷子，怕是老鼠洞，汛前要看清。|先拉绳子、守着，马上报。
M crack|堤脚裂缝勘察处理|specialist|urgent
P t@0 / a@0 交书记连夜报 / s@0 两个人守到天亮 / u@0 报村里 / u@0 村里报镇上 / n@1 镇上水利的人来了，灌浆封缝 / f@3 灌了六方浆，插了三根观测管 / q@4 / v5@4 天亮就来了人
S household|taken_up|排水泵一响就跳闸，菜地淹了两回。|先换保险，泵要请人看。
M pump|排水泵跳闸检修|specialist|ordinary
P t@0 / a@1 交管泵的户 / s@2 换了保险还跳 / u@4 报到村里 / n@10 村里叫人换了电缆，钱村里出 / f@12 连抽三天没跳 / q@14 打电话没人接 / q@16 敲门没人 / q@18 请中心户问也没问到 / x@19 三天三回没问到，先记没问到
S household|taken_up|教唱的老师请到没有？我屋两个小的都想学，算我家三个。|镇上正请县里，来了第一个叫你屋的伢。
J songs
S resident|answered|我屋老母猪防疫的针哪天打？|防疫员礼拜二来，先打我们六组，你在屋里等一下。
T 26|19:00|约定守得怎么样，大家评一评|文化广场|50|chair
S household|taken_up|约定里讲狗要拴，西头还有三条没拴，晚上追骑车的。|明天上门，拴狗的绳子湾里买。
M dogs|西头三户把大狗拴好|common|ordinary
P t@0 / a@1 交西头中心户 / s@2 讲了两户 / p@4 最后一户跟评议组老人熟，转给他 / s@5 / f@7 三条都拴了，绳子是湾里买的 / q@9 没碰到人
S household|taken_up|渡口的台阶陡，挑东西下去打滑，加个扶手。|量一下，焊一条。
M rail|渡口台阶加扶手|common|ordinary
P t@0 / a@2 交会电焊的户 / s@5 量了，十八级 / r@8 河边的台阶归堤防管，我们焊不得 / t@10 / a@12 交书记去问
T 10|19:00|冬修水利和过年的唱|湾子礼堂|46|secretary
S household|taken_up|渠闸的轮子锈死，开不动。|先上油，不行再换。
M valve|渠闸轮子除锈上油|common|ordinary
P t@0 / a@1 交两个老把式 / s@3 除锈用了半天 / f@5 转得动了，两个人一盏茶就开 / q@7 / v4@7 一只手就开得动了
S household|taken_up|堤顶路坑多，运料车过一趟跳一趟。|先填两个大坑，长的报上去。
M levee-road|堤顶路坑槽修补|specialist|ordinary
P t@0 / a@1 交书记 / s@3 数了大坑十七个 / u@5 报到村里，村里讲报镇上
S household|taken_up|唱歌的伴奏带坏了，换一张。|找人录，今晚就能录一半。
M tape|合唱伴奏带重录|personal|ordinary
P t@0 / a@0 交有音乐底子的户
S household|taken_up|约定墙底下的水沟泛水，泡了半截画。|先把沟口挖开看看。
M wallditch|约定墙下水沟改道|common|ordinary
P
= 卢家大屋|崇阳县|金塘镇|金塘村
T 69|19:30|门前环境怎么商量着办|老樟树下|61|secretary
S household|taken_up|塘边那片空地，你堆柴我放砖，外头来的人都绕着走，今晚商量出个用场，莫再各顾各。|柴砖一家给半个月搬，空下来的地做个歇脚的亭，大家举手定。
M lot|塘边空地柴砖搬走平整|common|ordinary
P t@0 举手定的，四十二家都认 / a@1 交议事组 / s@3 搬走了十一家 / e@7 三户老人搬不动，要等礼拜天帮工 / k@7 同意延到礼拜天后 / f@14 二十三家的柴砖都搬清，地推平了 / q@15 / v4@15 敞亮，早上有人在那里甩手
M pavilion|塘边空地搭歇脚亭|common|ordinary
P t@0 / a@2 交会木工的三户 / s@10 竹子砍了四十根 / f@26 亭子搭好，四条长凳 / q@27 / v2@27 凳子矮，坐下去站不起来 / f@32 凳子垫高一拳，靠背加了一道 / q@33 / v5@33 老人坐得起身了
S household|taken_up|猪栏的水往塘里流，塘里洗菜的都不敢来了。|先封口，猪栏水引到菜园粪坑。
M pond|猪栏污水改流不入塘|common|ordinary
P t@0 / a@1 交公共卫生监督组 / s@3 三户都改了管 / f@8 塘边三个口都封了 / q@9 / v4@9 水清了些，半个月再看
S nobody|answered|倒垃圾的车哪天来？|礼拜二和礼拜五，早上七点半在桥头，放晚了等下一趟。
T 56|19:30|上一回说的事办到哪里，再问新的|文化广场|57|chair
S household|taken_up|塘里还有股味，上游湾也有放水下来的，光我们封口没用，请上头协调一下。|上游的事我们讲不动，往上报。
M upstream|上游来水污染请协调|specialist|ordinary
P t@0 / a@1 交书记 / s@2 取了三处水，写了日子 / u@4 报到村里 / u@8 村里报镇上 / n@20 镇上叫上游三户改了排口，一个月复看一次 / f@34 连看两回，塘水清了 / q@36 / v5@36 有人又来塘边洗菜了
S household|taken_up|我屋老娘想在亭边种两棵花，行不行？|行，种就写个小牌，别人也晓得是给大家看的。
M flowers|亭边种花老人认养|personal|ordinary
P t@0 / a@0 交隔壁中心户 / s@1 / f@3 种了月季和桂花，插了木牌 / q@4 / v5@4 老娘每天去浇，腿脚都好了些
S household|declined|大屋的老墙白得不匀，能不能都刷成白的，统一好看？|老墙是祖上的青砖，刷了就看不到了，懂老屋的人讲莫刷。白的地方补，青砖留着。
T 41|19:00|公厕、旱厕和水|湾子礼堂|49|secretary
S household|taken_up|老旱厕拆了，新公厕的水箱三天两头没水，去的人要自己提。|水箱小了，先换大的，水压也报。
M tank|公厕水箱换大的|common|ordinary
P t@0 / a@1 交公共卫生监督组 / s@3 / f@8 换了八百升的，浮球也换了 / q@10 电话没人接 / q@12 上门，去打工了 / q@14 托邻居问，没回音 / x@15 三回没碰到本人，记没问到
M pressure|大屋一片水压太低请加压|specialist|ordinary
P t@0 / a@2 交书记 / s@4 早中晚测了三天 / u@6 报到村里 / u@11 村里报镇上水厂 / n@23 水厂答复加一台泵，月底装好 / f@31 泵装上，二楼也有水 / q@33 / v4@33 洗菜不用接半天了
S household|taken_up|上游来水的事也算我一个，我屋在最下首，味道最重。|记上一笔，一起等镇上回音。
J upstream
S resident|answered|塘里放的鱼能不能钓？|留着净水的，眼下莫钓，年底起鱼一家分两条。
T 28|19:00|湾子夜话的老规矩：先讲上回办了什么|老樟树下|58|chair
S household|taken_up|大屋天井的明沟让落叶堵了，雨一大就往堂屋里漫。|明早清，落叶的班排一下。
M court-ditch|大屋天井明沟清叶排班|common|ordinary
P t@0 / a@1 交大屋里十二户 / s@2 清了三筐 / f@5 班表贴在柱子上 / q@7 没碰到人 / q@10 天黑了，屋里没亮灯
S household|taken_up|夜里有人把电瓶放在堂屋充，木头屋一把火就没了。|今晚就讲，推到外头棚里，棚先搭个小的。
M charge|大屋外搭电动车充电棚|common|ordinary
P t@0 / a@1 交电工户 / s@4 线拉好了 / p@6 要用铁架，转给会电焊的户 / s@8 / f@16 五个位，装了断电的匣子 / q@18 / v4@18 推出来充，睡得着
T 8|19:00|冬天塘边和屋里的安全|湾子礼堂|53|secretary
S household|taken_up|塘边那段没有栏杆，夜里雾大，伢骑车过去怕。|先挂反光条，栏杆量了再说。
M railing|塘边一段加栏杆|common|ordinary
P t@0 / a@1 交议事组 / s@3 量了，二十六米 / e@6 栏杆厂要排队，月底才送得来
S household|taken_up|大屋老电线外皮都硬了，一按就裂，请上头来看要换哪些。|湾里不动老线，报上去查。
M wiring|大屋老电线请专人查|specialist|ordinary
P t@0 / a@0 交书记 / s@1 数了四十二处裂皮 / u@3 报到村里 / u@5 村里报到镇上，等排人
S household|taken_up|我屋房梁听得到响，帮我看一下是不是虫。|会木工的明早来敲一敲。
M beam|帮看房梁有没有虫蛀|personal|ordinary
P t@0 / a@0 交会木工的户 / s@1 / f@2 敲过了，是老榫头松，加了一道铁箍 / q@3 没碰到，下田去了
S household|taken_up|花圃边丢的烟头多，放个沙桶。|记下，捡两个旧桶。
M ashtray|亭子边放灭烟沙桶|common|ordinary
P t@2
"""  # noqa: E501

#: The six hamlets, in the order of the article.
STORIES: Final[tuple[HamletScript, ...]] = tuple(_hamlet(*block) for block in _blocks(_TEXT, "="))

"""Characters that stand for others: radicals and strokes, compatibility ideographs, notes on how to read a character.

PDF writers put the sign of a radical for the character that looks like it, and NFKC leaves most of them alone; readers
of names must not take what looks the same for another place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SIGNS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳"
    "⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥"
    "⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣"
    "⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕"
    "⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇"
    "⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹"
    "⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁"
    "冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼"
    "鸟卤麦黄黾斉齐歯齿竜龙龜亀龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕"
    "大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火"
    "爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛"
    "舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香"
    "馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)
"""All signs of radicals and strokes that Unicode names an equivalent unified ideograph for (the property
Equivalent_Unified_Ideograph), and these, in the same order.
"""

_COMPATIBILITY = (range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E))
"""The blocks of compatibility ideographs; what each stands for is in Python's own Unicode data."""

_UNUSUAL = re.compile("[\u2e80-\u2fd5\u31c0-\u31e5\uf900-\ufad9\U0002f800-\U0002fa1d]")

_READING = re.compile(r"(?<=[\u3400-\u9fff])(?:[(（][a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）])+")
"""A note in Latin letters on how the character before it is read, as mirrors of official pages add them."""


@cache
def _unified() -> dict[int, str]:
    table = dict(zip(map(ord, "".join(_SIGNS)), "".join(_IDEOGRAPHS), strict=True))
    for block in _COMPATIBILITY:
        table.update((code, unicodedata.normalize("NFC", chr(code))) for code in block)
    return table


def is_unified(text: str) -> bool:
    """Return whether ``text`` has none of the signs that ``unify`` replaces."""
    return _UNUSUAL.search(text) is None


def unify(text: str) -> str:
    """Return ``text``, character for character, with the ideograph for each sign that stands for one."""
    return text if _UNUSUAL.search(text) is None else text.translate(_unified())


def without_readings(text: str) -> str:
    """Return ``text`` without notes on how its characters are read: 機(jī)關 is 機關."""
    return _READING.sub("", text) if "(" in text or "（" in text else text

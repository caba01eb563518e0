"""Where a Chinese text may be parted without hurting: a small list of the words of offices, and their endings.

No dictionary: titles, units, posts and sorts of representatives are made of few words. What isn't
listed is judged by the character before the break, since the names of places and offices end alike.
"""

from __future__ import annotations

import re
from collections import Counter

_LISTED = """
开放日 开放 活动 主题 走进 倾听 心声 民声 民忧 民意 民情 群众 日程 参观 路线 邀请函 邀请 回执 公告 通知
手册 问卷 调查 测评 满意度 征集 征求 金点子 意见 建议 情况 统计 汇总 名单 签到表 签到 登记表 登记 明白纸
联系 档案卡 档案 代表证 代表 党代表 人大代表 政协委员 党员 委员会 委员 党委 党总支 党支部 支部 党组 党工委
机关 干部 书记 副书记 主任 副主任 局长 副局长 部长 副部长 科长 副科长 处长 镇长 县长 区长 市长 乡长 村长
会长 校长 院长 所长 站长 经理 董事长 职工 一线 农民工 村官 大学生 人才 拔尖 监督员 媒体 记者 信访户 信访
两新 组织 两委 基层 组织部 宣传部 统战部 政法委 纪委 监委 县委 市委 省委 区委 中共 政府 人大 政协 人民
办公室 办公 综合 党政 社会 事业 事务 发展 改革 经济 技术 高新 开发区 示范区 管理 管委会 服务 中心 接待 街道
社区 居委会 村委会 居民 村民 农业 农村 林业 水利 交通 运输 住房 城乡 建设 自然 资源 规划 生态 环境 财政
税务 教育 体育 文化 旅游 卫生 健康 医疗 保障 人力 市场 监督 监管 应急 公安 司法 民政 审计 退役 军人 科技
商务 工业 信息化 信息 数据 乡村 振兴 有限公司 责任 股份 公司 集团 合作社 协会 联合会 总工会 工会 妇联
共青团 团委 大学 学院 中学 小学 学校 幼儿园 医院 研究院 研究所 会议室 大厅 展厅 活动室 教室 食堂 号楼
楼会议室 零部件 汽车 产业 联盟 处理 部分 部署 全部 科学 区域 村务 局面 站点 路段 校园 院落 厂房 店铺 科级
处级 派出所 司法所 工作 重点 管理委员会 公共服务 党群 项目 企业 招商 引资 推荐 选拔 任用 教师 教授 医生
工程师 高级 主席 副主席 秘书 秘书长 代表团 县级 市级 省级 镇级 座谈会 座谈 问题 所提 提问 答复 当场
不正之风 用人 选人 总体 评价 日常 培训 组工 作风 形象 工作人员 讲解 业务 态度 水平 回答 安排 程序 公开 参与
关怀 帮扶 引进 流动 展板 档案室 材料 领取 致辞 介绍 交流 发言 总结 合影
"""
_WORDS = re.compile("|".join(sorted(_LISTED.split(), key=len, reverse=True)))
_NAMES_END = """
省 市 县 区 镇 乡 村 路 街 巷 局 部 厅 院 校 处 科 站 厂 店 委员会 管委会 居委会 村委会 协会 联合会 工会 办公室 会议室 中心
公司 合作社
"""
_ENDS = tuple(_NAMES_END.split())
_TIED = frozenset((*_ENDS, *"的了们等着过"))
"""What hangs on to the character before it: 人民路 isn't parted before 路, nor 组织的 before 的."""
_LINKS = frozenset("和与及或并")
_PAUSES = frozenset("、，；：。！？ \u3000")
_CLOSED = frozenset("”’》〉）】〕」』·")
_OPENS = frozenset("“‘《〈（【〔「『")
_QUOTED = re.compile("“[^”]*”|《[^》]*》")
INSIDE_A_WORD, INSIDE_QUOTES, BESIDE_A_WORD, BETWEEN_WORDS, AFTER_AN_OFFICE = 0.6, 0.15, 0.12, 0.07, 0.03


def hurts(text: str) -> list[float]:
    """Return for each place of `text` how much a line break before it hurts: 0 after a pause, most inside a word."""
    found = [_hurt(text, at) for at in range(len(text))]
    words = [word.span() for word in _WORDS.finditer(text)]
    starts = {start for start, _ in words}
    beside = Counter(starts)
    beside.update(stop for _, stop in words if stop in starts or text[stop : stop + 1] not in _TIED)
    beside.pop(len(text), None)
    for at, sides in beside.items():
        found[at] = min(found[at], BESIDE_A_WORD if sides == 1 else BETWEEN_WORDS)
    for start, stop in words:
        found[start + 1 : stop] = [INSIDE_A_WORD] * (stop - start - 1)
    for quoted in _QUOTED.finditer(text):
        for at in range(quoted.start() + 1, quoted.end()):
            found[at] += INSIDE_QUOTES
    return found


def _hurt(text: str, at: int) -> float:
    """Return how much a break before a character hurts, as far as the text just before it tells."""
    before, here = text[at - 1 : at], text[at]
    if before in _PAUSES or here in _OPENS:
        return 0.0
    if before in _CLOSED:
        return BESIDE_A_WORD
    if here in _TIED:
        return 0.4
    if before in _LINKS or (before.isascii() and not here.isascii()):
        return 0.3
    if before == "的" or here in _LINKS:
        return 0.1
    return AFTER_AN_OFFICE if text.endswith(_ENDS, 0, at) else 0.2

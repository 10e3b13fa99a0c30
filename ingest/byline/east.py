"""Bylines in Korean, Japanese and Chinese, where names are not parted by spaces and roles follow the name."""

from __future__ import annotations

import re

from ingest.byline.clean import BREAK, MARK

EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_KOREAN_ROLE = (
    r"(?:(?:수습|인턴|전문|선임|객원|온라인|논설|사진|편집)\s*)?(?:기자|특파원|논설위원|논설실장|칼럼니스트|에디터|"
    r"선임기자|전문기자|통신원|리포터|앵커|PD|교수)"
)
_KOREAN = re.compile(
    rf"(?P<names>[\uac00-\ud7a3]{{2,4}}(?:\s*[\u00b7,\u318d\u30fb]\s*[\uac00-\ud7a3]{{2,4}})*)\s*(?P<role>{_KOREAN_ROLE})(?![\uac00-\ud7a3])"
)
_KOREAN_PART = re.compile(r"[\uac00-\ud7a3]{2,4}")
#: "글 김민서 사진 이준호": who wrote and who took the pictures, without any mark.
_KOREAN_LEAD = re.compile(r"\A(?:글|취재)\s+(?=[\uac00-\ud7a3]{2,4}(?:\s|\Z))")
_KOREAN_OTHER = re.compile(r"(?<!\S)(?:사진|그림|영상|편집)\s+[\uac00-\ud7a3]{2,4}(?!\S)")
#: "和" between two full names.
_HAN_AND = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,3})\s*[和与與及]\s*([\u4e00-\u9fff]{2,3})(?![\u4e00-\u9fff])"
)
_MARKED = re.compile(f"{MARK}\\d+{MARK}")
_LEAD = re.compile(
    r"(?:取材・文|取材・構成|文・構成|構成・文|来源|來源|[\u4e00-\u9fff]{2,6}记者(?=\s+[\u4e00-\u9fff])|(?:本报|本報|新华社|新華社)?(?:记者|記者)|作者|编辑"
    r"|責任編集|撰文|撰稿|采写|採訪撰文|執筆|取材|構成|聞き手|文責|"
    r"インタビュー|ライター|文|글|취재|원작)\s*(?:[:：/／丨|｜・=＝]|(?<=记者|記者|作者|执笔|執筆)\s*)\s*"
)
_OTHER = re.compile(
    r"(?:责任编辑|責任編輯|责编|编辑|編集|写真|撮影|摄影|攝影|译者|翻訳|翻译|사진|편집|그림|イラスト)\s*[:：/／丨|｜・=＝]\s*[^\s/／、,，|｜;；]+"
)
_TAIL = re.compile(
    r"\s*(?:[/／=＝]\s*[\u3040-\u30ff\u4e00-\u9fff]{1,6}(?:报道|報導|報道|電|电|讯|訊)?|(?:(?:の)?記者|特派員|編集委員|論説委員|さん|氏|报道|報導|通讯员|"
    r"综合报道|綜合報導|撰文|文|摄|撰|발))\s*\Z"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}\Z")
#: Taiwan's wire form: "中央社記者王小明台北3日電".
_WIRE = re.compile(r"[记記]者([\u4e00-\u9fff]{2,3})[\u4e00-\u9fff]{2,3}\d{0,2}日?[電电]")
#: "毎日新聞 山田太郎": an outlet beside a name.
_OUTLETS = "[\u3040-\u30ff\u4e00-\u9fff]{1,8}(?:新聞|新闻|日報|日报|通信|通信社|テレビ)"
_OUTLET = re.compile(
    rf"(?:(?P<first>{_OUTLETS})[ \u3000](?P<name>[\u4e00-\u9fff]{{2,5}})"
    rf"|(?P<also>[\u4e00-\u9fff]{{2,5}})[ \u3000](?P<outlet>{_OUTLETS}))\Z"
)
_DOT = re.compile(r"(?<=[\u4e00-\u9fff])[\u30fb\u00b7](?=[\u4e00-\u9fff])")


_NAME = re.compile(
    r"[\u4e00-\u9fff\u3005]{2,5}\Z|[\uac00-\ud7a3]{2,4}\Z|[\u30a0-\u30ff]+[\u30fb\u00b7=][\u30a0-\u30ff\u30fb]+\Z"
)
_NO_NAME = re.compile(
    r"[社局部紙網网]\Z|新聞|新闻|通信|日報|日报|時報|时报|編集|编辑|記者|记者|뉴스|신문|일보|통신|방송|기자|편집"
)


def is_eastern_name(word: str) -> bool:
    """Tell whether one word is a full name in Chinese, Japanese or Korean writing."""
    return bool(_NAME.match(word)) and not _NO_NAME.search(word)


def rewrite_east(text: str) -> str:
    """Bring a Korean, Japanese or Chinese byline into the form "name, name".

    Takes cleaned text; text without such letters comes back as it is.
    """
    if not EAST.search(text):
        return text
    text = _KOREAN_LEAD.sub("", _KOREAN_OTHER.sub(BREAK, text))
    korean = _korean(text)
    if korean:
        return korean
    wire = _WIRE.search(text)
    if wire:
        return wire[1]
    bare = _OTHER.sub(BREAK, text).strip(f" {BREAK}\u3010\u3011\u300c\u300d\u3014\u3015")
    outlet = _OUTLET.match(bare)
    if outlet:
        return f"{outlet['name'] or outlet['also']}, {outlet['outlet'] or outlet['first']}"
    lead = _LEAD.match(bare)
    if lead:
        bare = (
            _spread(bare[lead.end() :])
            if lead[0].strip().endswith(("记者", "作者", ":", "：", "丨"))
            else bare[lead.end() :]
        )
    return _HAN_AND.sub(r"\1、\2", _DOT.sub("、", _TAIL.sub("", bare)))


def _korean(text: str) -> str:
    names: list[str] = []
    for found in _KOREAN.finditer(text):
        names += _KOREAN_PART.findall(found["names"])
    mails = [found[0] for found in _MARKED.finditer(text)]
    return ", ".join(names) + (f" {mails[0]}" if len(names) == len(mails) == 1 else "")


def _spread(text: str) -> str:
    parts = _TAIL.sub("", text).split()
    if len(parts) > 1 and all(_HAN.match(part) for part in parts) and any(len(part) > 2 for part in parts):
        return "、".join(parts)
    return text

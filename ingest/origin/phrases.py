"""The wordings of credit lines, by language: how they begin, and how they may go on after the publisher's name.

Each head is matched from the start of a paragraph or sentence and ends where the name begins. A line speaks of itself
("This article was first published by ..."), or begins with the verb ("Originally published by ..."). What others
published ("The letter, originally published by the newspaper in 1910, ...") is prose and begins otherwise.
"""

# The letters and marks of other languages are meant as they stand, and a pattern is clearer in one piece.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass

_WORK = (
    r"(?:article|story|piece|post|essay|commentary|op-?ed|column|report|analysis|opinion(?: piece)?|interview|feature"
    r"|excerpt|content|editorial|review|investigation|blog ?post|(?:news|blog|opinion) (?:article|story|item|post)|text)"
)
_VERSION = rf"(?:an?|the) (?:\w+ )?version of this {_WORK}"
_THIS = rf"(?:(?:this|the (?:following|above)) (?:[\w-]+ ){{0,2}}{_WORK}|{_VERSION})(?:,? by [^,.]{{3,60}},?)?,?"
_FIRST = r"(?:originally|first|previously|initially)"
_OUT = r"(?:published|posted|printed|appeared|ran|run|released|featured)(?: here)?"
_AGAIN = r"(?:re-?published|reprinted|reproduced|re-?posted|cross-?posted|syndicated|adapted)"
_AT = r"(?:by|on|in|at|with)"
_FROM = r"(?:from|(?:with|by) (?:the )?(?:kind |express |full |exclusive )?permission (?:from|of|by)|courtesy of)"

_EN = (
    rf"{_THIS} (?:was |is |has been )?{_FIRST} (?:produced|{_OUT}) (?:online )?{_AT} ",
    rf"{_THIS} (?:(?:was|is|has been) )?(?:published|appeared|posted) {_FIRST} (?:online )?{_AT} ",
    rf"{_VERSION} (?:{_FIRST} )?(?:was published|appeared|ran) {_AT} ",
    rf"{_THIS} (?:is|was|has been|is being|appears)(?: here)? (?:{_AGAIN}|shared|used)(?: here)? {_FROM} ",
    rf"{_THIS} (?:comes|is) (?:to (?:us|you) )?(?:from|courtesy of) ",
    rf"(?:{_WORK} )?{_FIRST} (?:published|posted|printed|appeared) (?:online )?{_AT} ",
    rf"(?:{_WORK} )?published (?:originally|first) {_AT} ",
    rf"(?:{_WORK} )?{_AGAIN} (?:here )?{_FROM} ",
    r"(?:story|article|content|text) (?:provided by|courtesy of) ",
    rf"{_THIS} (?:was |is |has been )?(?:co-?published|co-?produced|produced in partnership) (?:with|by) ",
    rf"{_THIS} (?:was |is )?(?:produced|reported) by (?=.{{2,80}}(?:re-?publish|reprint|reproduc|re-?post))",
    rf"(?:{_WORK} )?(?:used|published|posted|shared)(?: here)? {_FROM} ",
    # WordPress puts this under each item of its feeds.
    r"the post .{3,300} (?:appeared first|first appeared|was first published) on ",
)
_DER_TEXT = (
    r"(?:(?:dieser|diese|dieses|unser) (?:\w+-?)?(?:artikel|beitrag|text|kommentar|essay|bericht|interview|reportage|analyse"
    r"|kolumne)|(?:der|dieser) (?:artikel|beitrag|text))(?: von [^,.]{3,60}?)?"
)
_ZUERST = r"(?:zuerst|ursprünglich|zunächst|erstmals)"
_BEI = r"(?:bei|auf|in|im|von|beim)"
_DE = (
    rf"{_DER_TEXT} (?:erschien|erscheint) {_ZUERST}(?: am [\d. \w]{{4,20}}?)? {_BEI} ",
    rf"(?:(?:artikel|beitrag|text) )?{_ZUERST} (?:erschienen|veröffentlicht|publiziert) {_BEI} ",
    rf"der beitrag .{{3,300}} erschien zuerst {_BEI} ",
    r"(?:(?:(?:nach|ab)druck |veröffentlichung )?mit freundlicher genehmigung (?:von|der|des)|erstveröffentlichung(?: bei| in| auf|:)) ",
    r"(?:übernommen (?:von|aus)|nachdruck aus) ",
)
_DE_LAST = (
    rf"{_DER_TEXT} (?:ist|wurde) {_ZUERST}(?: am [\d. \w]{{4,20}}?)? {_BEI} ",
    rf"{_DER_TEXT} (?:wurde|wird|ist)(?: hier)? (?:mit (?:freundlicher )?(?:genehmigung|erlaubnis) )(?:von|der|des) ",
)
_CE_TEXTE = (
    r"(?:cet?|cette|notre) (?:article|texte|tribune|entretien|reportage|analyse|billet|contenu|enquête)"
    r"(?: de [^,.]{3,60}?)?,? (?:(?:est|a été|fut) )?"
)
_DABORD = r"(?:initialement|d['’]abord|originellement|à l['’]origine|pour la première fois)"
_SUR = r"(?:sur|par|dans|chez) (?:le site (?:de |d['’])?|la revue |le journal )?"
_FR = (
    rf"(?:{_CE_TEXTE}|article )?(?:{_DABORD} (?:été )?(?:publié|paru|diffusé)e?|(?:publié|paru|diffusé)e? {_DABORD}) {_SUR}",
    rf"(?:{_CE_TEXTE}|article )(?:republié|reproduit|repris)e?(?: ici)? (?:à partir du site |à partir de |depuis |de |du site )",
    rf"(?:(?:{_CE_TEXTE})?(?:republié|reproduit|repris)e? )?avec (?:l['’](?:aimable )?(?:autorisation|accord)|la permission) d(?:e |['’]|u )",
)
_ESTE_TEXTO = (
    r"(?:este|esta|el|la) (?:artículo|texto|nota|reportaje|columna|análisis|entrevista|historia|contenido|investigación)"
    r"(?: de [^,.]{3,60}?)?,? (?:fue |se |ha sido |es |está )?"
)
_ANTES = r"(?:originalmente|por primera vez|inicialmente)"
_ES = (
    rf"(?:{_ESTE_TEXTO}|artículo |texto |nota )?(?:(?:publicad[oa]|publicó|apareció) {_ANTES}|{_ANTES} publicad[oa]) (?:en|por) ",
    rf"(?:{_ESTE_TEXTO}|artículo |texto |nota )?(?:republicad[oa]|reproducid[oa]|reproduce)(?: aquí)?(?: con (?:permiso|autorización))? (?:de|desde) ",
)
_ESTE_ARTIGO = (
    r"(?:este|esta|o|a) (?:artigo|texto|reportagem|matéria|análise|entrevista|conteúdo|coluna)"
    r"(?: de [^,.]{3,60}?)?,? (?:foi |é )?"
)
_EM = r"(?:em|no|na|pelo|pela|por)"
_PT = (
    rf"(?:{_ESTE_ARTIGO})?(?:publicad[oa] (?:originalmente|inicialmente|pela primeira vez)|(?:originalmente|inicialmente) publicad[oa]) {_EM} ",
    rf"{_ESTE_ARTIGO}(?:saiu|apareceu) (?:originalmente|primeiro|pela primeira vez) (?:em|no|na) ",
    rf"(?:{_ESTE_ARTIGO})?(?:republicad[oa]|reproduzid[oa])(?: aqui)?(?: com (?:a )?(?:permissão|autorização))? (?:de|do|da) ",
)
_QUESTO = (
    r"(?:quest[oa] |quest['’])(?:articolo|testo|intervista|reportage|analisi|contenuto|pezzo)(?: di [^,.]{3,60}?)?,? "
    r"(?:è |è stat[oa] |viene )?"
)
_PRIMA = r"(?:originariamente|inizialmente|per la prima volta|originalmente)"
_SU = r"(?:su|sul|sulla|da|dal|dalla|in)"
_IT = (
    rf"(?:{_QUESTO}|articolo |testo )?(?:(?:pubblicat[oa]|apparso|apparsa|uscito|uscita) {_PRIMA}|{_PRIMA} (?:pubblicat[oa]|apparso|apparsa)) {_SU} ",
    rf"(?:{_QUESTO})?(?:ripubblicat[oa]|riprodott[oa]|tratt[oa])(?: con il permesso)? (?:da|dal|dalla|di) ",
)
_NL = (
    r"(?:dit|deze) (?:artikel|stuk|verhaal|opiniestuk|interview|essay|tekst|bericht|column)(?: van [^,.]{3,60}?)? (?:verscheen|is|werd) (?:eerder|oorspronkelijk|eerst|voor het eerst)(?: verschenen| gepubliceerd)? (?:bij|op|in|door) ",
    r"(?:(?:eerder|oorspronkelijk) (?:verschenen|gepubliceerd) (?:bij|op|in|door)|overgenomen (?:van|uit|met toestemming van)) ",
)
_NORDIC = (
    r"(?:den här |denna )?(?:artikeln|texten|krönikan|debattartikeln|artikel|text) (?:publicerades|är|har) (?:först|ursprungligen|tidigare)(?: publicerad| publicerats)? (?:i|av|på|hos) ",
    r"(?:denne )?(?:artiklen|artikel|teksten|kronikken|indlægget) (?:blev|er|har været) (?:først|oprindeligt?|tidligere) (?:bragt|udgivet|publiceret|trykt) (?:i|af|på|hos) ",
    r"(?:denne )?(?:artikkelen|teksten|saken|kronikken|innlegget) (?:ble|er) (?:først|opprinnelig|tidligere) (?:publisert|trykt) (?:i|av|på|hos) ",
)
_SLAVIC = (
    r"(?:ten )?(?:artykuł|tekst|wywiad|materiał) (?:ukazał się |został |był )?(?:pierwotnie|po raz pierwszy|oryginalnie) (?:opublikowany )?(?:w|na|przez) (?:(?:serwisie|portalu|stronie|łamach) )?",
    r"(?:эта |этот |данная |данный )?(?:статья|материал|текст|интервью|колонка) (?:был[ао]? )?(?:впервые|первоначально|изначально) (?:был[ао]? )?(?:опубликован[ао]?|вышл?[ао]?|появил(?:ся|ась)) (?:на сайте|в издании|изданием|в|на) ",
    r"оригинал (?:статьи |материала |текста )?(?:был )?(?:опубликован|вышел) (?:на сайте|в издании|изданием|в|на) ",
    r"(?:(?:tento |tato )?(?:článek|text|rozhovor|komentář|reportáž) )?(?:původně|poprvé) (?:vyš(?:el|la|lo)|byl[ao]? publikov[aá]n[ao]?|publikov[aá]n[ao]?|zveřejněn[ao]?)(?: publikov[aá]n[ao]?)? (?:na (?:webu|serveru|portálu)|v (?:deníku|časopise|magazínu)|na|v) ",
    r"(?:первая публикация|перша публікація|первоисточник|першоджерело)\s*: ",
    r"(?:(?:впервые|первоначально) опубликовано? (?:в|на|на сайте|в издании|изданием)|перепечатано (?:из|с разрешения)) ",
    r"(?:(?:ця |цей )?(?:стаття|матеріал|текст|інтерв['’]ю) )?(?:був |була )?(?:вперше|спочатку) опублікован(?:о|ий|а) (?:на сайті|у виданні|виданням|в|у|на) ",
)
_OTHERS = (
    r"(?:το |αυτό το )?(?:άρθρο|κείμενο|ρεπορτάζ)(?: αυτό)? (?:δημοσιεύτηκε|δημοσιεύθηκε|πρωτοδημοσιεύτηκε) (?:(?:αρχικά|πρώτα|για πρώτη φορά) )?(?:στο|στη|στην|στον|από το|από τη) (?:περιοδικό |εφημερίδα )?",
    r"(?:tämä )?(?:juttu|artikkeli|kirjoitus|teksti|haastattelu) (?:on )?(?:julkaistu|julkaistiin|ilmestyi) (?:alun perin|ensin|ensimmäisen kerran|aiemmin) (?:lehdessä|verkkolehdessä|sivustolla|sivulla) ",
    r"(?:هذا|هذه) (?:المقال|المقالة|التقرير|النص|المادة) (?:منشورة?|نُ?شرت?) (?:أولا[ًّ]?|أولاً|لأول مرة|في الأصل) (?:في|على|من قبل) (?:موقع |صحيفة |مجلة )?",
    r"ה?(?:כתבה|מאמר|טור|ראיון|טקסט|תחקיר) (?:פורסמ?ה?|פורסם|התפרסמ?ה?|התפרסם|הופיעה?) (?:לראשונה|במקור) (?:באתר |בעיתון |במגזין |ב)",
    r"(?:bài viết|bài báo|bài)(?: này)? (?:đã )?(?:được )?(?:đăng|xuất bản|công bố) (?:lần đầu(?: tiên)?|đầu tiên|gốc) (?:trên|tại|ở|bởi) (?:báo |trang )?",
    r"theo (?=[^.]{2,40}$)",
    r"(?:artikel|tulisan|berita) ini (?:(?:pertama kali|awalnya) (?:di)?(?:terbit|tayang|muat|publikasi)(?:kan)?|(?:di)?(?:terbit|tayang|muat)(?:kan)? pertama kali) (?:di|oleh) ",
    r"نُ?شر(?:ت)? (?:هذا |هذه )?(?:المقال|المقالة|التقرير|النص)?\s*(?:أولا[ًّ]?|أولاً|لأول مرة|في الأصل) (?:في|على|من قبل) (?:موقع |صحيفة |مجلة )?",
    r"(?:本文|文章|此文|原文|全文|稿件)?[，,]?\s*(?:系|为|為)?(?:最初|首先|首次|首|原|经授权|經授權|获授权|獲授權)?\s*(?:转载自|轉載自|转自|轉自|载于|載於|刊于|刊於|发于|發於|发表于|發表於|刊载于|刊載於|来源|來源|摘自)(?:公众号|微信公众号|微信公號)?\s*[:：]?\s*(?:[《「“])?",
    r"(?:転載元|初出)\s*[:：]\s*",
)
_OTHERS_LAST = (
    r"bu (?:yazı|makale|haber) ilk (?:olarak|kez) ",
    r"यह (?:लेख|रिपोर्ट|स्टोरी|खबर|इंटरव्यू) (?:मूल रूप से|पहली बार|सबसे पहले) ",
    r"(?:이|본) (?:기사|글|칼럼|인터뷰)[는은] (?:원래 |처음 )?",
    r"(?:本文|文章|此文|原文|稿件)[，,]?\s*(?:最初|首先|首次|原)?(?:由|经|經)\s*[《「“]?",
    r"(?:この|本)(?:記事|稿|コラム|インタビュー)は、?\s*(?:最初に|もともと|はじめに)?、?\s*(?:[「『《])?",
)

#: What stands between the name and the end of its clause, where the language puts the verb last.
_FINAL = (
    r"(?: erschienen| veröffentlicht| publiziert| übernommen| tarafından (?:yayımlan|yayınlan)\w+|['’]?(?:de|da|te|ta) yay[ıi][mn]lan\w+"
    r"|[》」”』]?\s*(?:首发|首發|发表|發表|刊登|发布|發布|授权转载|授權轉載|出品|原创|原創)"
    r"|\s(?:में|पर|द्वारा|ने)(?: मूल रूप से| पहली बार)? प्रकाशित[^।.]{0,20}।?"
    r"|(?:에|에서|가|이)\s*(?:처음|최초로|먼저)?\s*(?:게재|실린|실렸|발행|공개|보도)[^.]{0,16}"
    r"|[」』》]?\s*(?:に(?:掲載|初出|公開|寄稿)|で(?:最初に)?(?:公開|掲載|配信)|から(?:の)?転載|より(?:の)?転載|からの提供)[^。]{0,30})"
)
_PASSED_ON = (
    r"(?:re-?published|reprinted|reproduced|re-?posted|shared|used|cross-?posted|syndicated|made available|licen[sc]ed"
    r"|distributed|edited|updated|adapted|presented|posted|published|appears?|here)"
)
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = (
    r"(?:,? (?:on|in|am|le|el|em|il|op|den|vom|du|del|od|w)?,? ?(?:the )?(?:[^\W\d_]{3,10},? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:of |de |di )?{_MONTH}(?:,? (?:de |del )?\d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|{_MONTH} (?:de )?\d{{4}}|(?:19|20)\d\d|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}})(?!\w))"
)
_DESCRIBED = (
    r"(?:non-?profit|independent|news|editorial|media|publication|website|source|newsroom|outlet|magazine|partner"
    r"|publisher|organi[sz]ation|think tank|network|platform|blog|journal|project)"
)

#: How a line may go on after the name (and a date); what goes on otherwise is prose.
_GOES_ON = (
    rf",? (?:(?:and|but|which|it) )?(?:it )?(?:is|was|has been|are|appears)(?: being)?(?: \w+ly)?(?: here)?(?: also)? {_PASSED_ON}",
    rf",? (?:and )?{_PASSED_ON}(?: here)? (?:with|by|under|from|on|in)",
    r",? (?:and|which) (?:it )?(?:is|was) (?:an? )?(?:part|product|result) of ",
    r",? (?:under|with|by permission|via|through|as part of|in accordance|at https?:|at www|\(?https?:)",
    rf",? (?:a|an|the|its|our|their) (?:\w+[,]?[- ]){{0,4}}{_DESCRIBED}",
    r",? (?:sous (?:une )?licence|avec (?:l['’])?(?:aimable )?autorisation|(?:et )?(?:est|a été) (?:ici )?(?:republié|reproduit|repris))",
    r",? (?:bajo (?:una )?licencia|con (?:permiso|autorización)|(?:y )?(?:se|fue|es|ha sido) (?:republica|reproduc))",
    r",? (?:sob (?:uma |a )?licença|com (?:a )?(?:permissão|autorização)|(?:e )?(?:foi|é) (?:aqui )?(?:republicad|reproduzid))",
    r",? (?:con (?:licenza|il permesso|autorizzazione)|sotto licenza|(?:e )?(?:è|viene) (?:qui )?(?:ripubblicat|riprodott))",
    r",? ve (?:.{0,60} )?(?:izinle|lisansıyla|izniyle)",
    r"[،,]? (?:و?يُ?عاد نشر|و?أُ?عيد نشر)",
    r"\. (?:Publikujemy|Przedruk|Перепечат|Публикуется|Передрук)",
    r",? (?:unter (?:einer|der)|mit (?:freundlicher )?(?:genehmigung|erlaubnis)|und (?:wird|wurde|ist|steht))",
    r",? (?:en (?:wordt|is)|met toestemming|onder|och|og|dan|i (?:jest|został)|под лицензией|с разрешения) ",
    r"[》」”』]?[，,。；;]?\s*(?:经|經|已|获|獲|授权|授權|转载|轉載|作者|原文|原题|原題|编辑|依据|依據)",
    r" ?[\[(|–—-] ?",
    r"[.!]? (?:Read|See|Click|View|You can|It (?:is|was|has|appears)|It['’]s|Re-?published|Reprinted|Reproduced|Copyright|©|For (?:more|the)|The views|Views|Opinions|The opinions|To (?:read|see|view)|Sign up|Subscribe|Visit|Follow|Support|Used|All rights|Licen[sc]e|Find|Original|The original|Edited|By |Learn|Check|This |We )",
    r"[.!]? (?:Lire|Lisez|L['’]original|Traduction|Vous|Lea|Leer|Traducción|Para |Puede|Puedes|Leia|Pode|Leggi|Lesen|Hier|Das Original|Den Original|Der Originalartikel|Mit |Übersetz|Translat|Lees|Läs|Læs|Les |Baca|Czytaj|Читать|Читайте)",
)

_ENDS = r"\s*[.。!]?\s*$"
_REST = rf"{_DATE}?(?:{_ENDS}|(?:{'|'.join(_GOES_ON)}).*$)"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One wording: the words before the name, and what may follow it."""

    head: re.Pattern[str]
    rest: re.Pattern[str]


def _wording(head: str, *, verb_last: bool) -> Wording:
    rest = rf"{_FINAL}{_REST}" if verb_last else rf"(?:{_FINAL})?{_REST}"
    return Wording(head=re.compile(head, re.IGNORECASE), rest=re.compile(rest, re.IGNORECASE))


WORDINGS = (
    *(
        _wording(head, verb_last=False)
        for head in (*_EN, *_DE, *_FR, *_ES, *_PT, *_IT, *_NL, *_NORDIC, *_SLAVIC, *_OTHERS)
    ),
    *(_wording(head, verb_last=True) for head in (*_DE_LAST, *_OTHERS_LAST)),
)

#: What makes plain that somebody else's text is shown, so that a name in small letters is believed.
IS_REPUBLISHED = re.compile(
    r"re-?publi|reprint|reprod|re-?post|cross-?post|syndicat|permi|licen|lizenz|genehmigung|erlaubnis|autoris|autoriz"
    r"|creative commons|\bCC\b|разреш|授权|授權|转载|轉載|転載|toestemming",
    re.IGNORECASE,
)

"""Words for what people do, in the languages newsrooms sign in; a role is never part of a name."""

from __future__ import annotations

import re

from ingest.byline.clean import fold, word_set

#: Nouns that end or head a role ("Science Editor", "Corresponsal en Atenas").
_HEADS = word_set(
    """
    editor editors writer writers reporter reporters correspondent correspondents journalist journalists
    columnist columnists critic contributor contributors blogger analyst fellow professor lecturer researcher
    scientist photographer photojournalist videographer producer anchor presenter broadcaster intern trainee
    director president manager specialist expert strategist economist attorney lawyer novelist historian
    engineer physician consultant founder co-founder ceo spokesperson spokesman spokeswoman chair chairman
    chairwoman advisor adviser commentator essayist meteorologist ombudsman publisher editor-in-chief
    editor-at-large freelancer minister ambassador senator translator illustrator redakteur redakteurin
    redakteure redakteurinnen redakteur*in redakteur:in korrespondent korrespondentin reporterin autor autorin
    autoren redaktionsmitglied mitarbeiter mitarbeiterin journalistin chefredakteur chefredakteurin volontär
    volontärin experte expertin leiter leiterin ressortleiter ressortleiterin ressortleitung kolumnist
    kolumnistin professorin praktikant praktikantin nachrichtenchef gastautor gastautorin gastbeitrag
    journaliste journalistes correspondant correspondante correspondants chroniqueur chroniqueuse éditorialiste
    rédacteur rédactrice professeur professeure philosophe économiste historien historienne chercheur chercheuse
    stagiaire envoyé envoyée reporter-photographe periodista periodistas corresponsal redactor redactora
    columnista colaborador colaboradora enviado enviada profesor profesora catedrático catedrática director
    directora investigador investigadora analista giornalista corrispondente inviato inviata redattore
    redattrice caporedattore professore professoressa jornalista jornalistas repórter correspondente colunista
    redator redatora colaboradores professora enviado verslaggever verslaggeefster redacteur correspondente
    columniste hoogleraar onderzoeker politiek-verslaggever dziennikarz dziennikarka redaktor redaktorka
    korespondent korespondentka publicysta publicystka novinář novinářka redaktorka šéfredaktor zpravodaj
    komentátor redaktör reporter krönikör korrespondent ledarskribent utrikeskorrespondent chefredaktör redaktør
    journalist korrespondent kommentator sjefredaktør debattredaktør toimittaja kirjoittaja forfatter auteur
    autore päätoimittaja kirjeenvaihtaja kolumnisti erikoistoimittaja muhabir muhabiri gazeteci yazar yazarı
    editör editörü wartawan penulis jurnalis koresponden kontributor корреспондент корреспондентка журналист
    журналистка обозреватель редактор колумнист автор кореспондент кореспондентка журналіст журналістка оглядач
    δημοσιογράφος ανταποκριτής συντάκτης újságíró szerkesztő főszerkesztő tudósító jurnalist corespondent
    ziarist संवाददाता כתב כתבת עורך עורכת
    новинар صحفي صحافي صحفية مراسل محرر كاتب 記者 记者 特派員 編集委員 論説委員 通讯员 기자 특파원 논설위원
    """
)

#: Compounds ("Wirtschaftsredakteurin", "Chefreporter", "FOCUS-Online-Experte", "politikredaktör").
_HEAD_TAIL = re.compile(
    r".*(?:redakteur|korrespondent|reporter|journalist|kolumnist|experte|expertin|redaktör|redaktør|redaktor|"
    r"toimittaja|kirjeenvaihtaja|verslaggever|correspondent|redacteur|medarbeider|medarbetare|autor)(?:in|innen|en"
    r"|e)?\Z"
)

#: Words that stand before a head and make no name ("Senior Political ...").
_MODIFIERS = word_set(
    """
    staff senior chief contributing assistant associate deputy managing executive special guest freelance
    political parliamentary sports sport news science health business economics economic finance financial
    technology tech education environment environmental climate energy foreign international national local
    world europe european asia asian africa african america american middle east eastern western north south us
    uk eu features feature culture arts art film movie music food travel fashion lifestyle opinion opinions city
    crime court legal defense defence security investigative investigations data digital online web multimedia
    video photo audience night weekend religion royal royals diplomatic white house washington congressional
    state statehouse housing transport transportation medical auto autos automotive space media social
    entertainment showbiz book books literary theatre theater tv television football soccer basketball baseball
    cricket rugby golf tennis racing markets market retail property general assignment breaking public affairs
    policy community wire bureau desk team lead principal former emeritus visiting adjunct research doctoral phd
    postdoctoral full independent award-winning our own global regional the a an and & of for at in on to home
    consumer money industry industrial labor labour race gender immigration justice enterprise watchdog suburban
    columns editorial newsletter audio podcast trending brand community commerce gaming games leitender leitende
    freier freie stellvertretender stellvertretende politischer wirtschafts sport grand grande chef adjoint
    adjointe spécial spéciale permanent especial jefe jefa especialista redacción capo senior política
    política-económica internacional economía cultura deportes sociedad unser unsere unserem unserer unseren
    notre nos nuestro nuestra onze nosso nossa nostro nostra nostri dal dalla dai van vår vårt der die das für
    im in de du des la le el en del à au aux di da do em no na
    """
)

#: A role without a name that newsrooms print where a name would stand.
_CREDIT = re.compile(
    r"(?!the editors\Z)(?:(?:the |our )?staff\Z"
    r"|(?:(?:a|our|own|staff|special|the|by|web|online|news|guest|from our|von unserem|notre|nuestro)\s+)+"
    r"(?:(?:own|special|staff|local|foreign|city|sports|news|business)\s+)*"
    r"(?:reporters?|correspondents?|writers?|contributors?|editors?|journalists?|korrespondent|correspondant"
    r"|corresponsal)\Z)",
    re.IGNORECASE,
)

#: Degrees and post-nominals after a comma: kept as the role, not in the name.
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|d\.?phil|m\.?d|m\.?a|m\.?sc?|b\.?a|b\.?sc?|mph|mba|j\.?d|ll\.?[bm]|r\.?n|r\.?d|dds|dvm|psy\.?d|"
    r"ed\.?d|facp|frs|obe|mbe|cbe|esq|cpa|cfa|lcsw|rdn|m\.?ed|mfa|np|pa-c|pharm\.?d|m\.?p|m\.?e\.?p|msp|k\.?c|q\.?c|s\.?j|dipl\.-ing)\.?\Z",
    re.IGNORECASE,
)


def is_head(word: str) -> bool:
    """Tell whether a word names an occupation of the trade ("editor", "Wirtschaftsredakteurin")."""
    folded = fold(word)
    return folded in _HEADS or bool(_HEAD_TAIL.match(folded))


def is_collective(word: str) -> bool:
    """Tell whether a word speaks of several holders of a role ("Contributors to ...", "Reporters Without ...")."""
    return word[:1].isupper() and is_head(word) and fold(word).endswith("s")


def is_modifier(word: str) -> bool:
    """Tell whether a word belongs before an occupation rather than in a name ("Senior", "Political")."""
    return fold(word) in _MODIFIERS


def is_credit(text: str) -> bool:
    """Tell whether a role stands where a name would, and names nobody ("Our Correspondent", "Staff Writers")."""
    return bool(_CREDIT.match(text))


def is_degree(text: str) -> bool:
    """Tell whether a piece is only a degree ("PhD", "M.D.")."""
    return bool(_DEGREE.match(text.strip()))

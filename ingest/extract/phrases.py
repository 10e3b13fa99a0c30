"""How furniture is worded, in the languages of the partners (data).

Alternatives of one pattern, over as many lines as they need; a blank stands for any white space.
"""

from __future__ import annotations

#: (reason, words that a whole line begins with).
BEGINNINGS = (
    (
        "related",
        r"""
        (?:also|further|more|related|recommended|suggested) (?:read|reads|reading|stories|articles?|coverage|
        posts|
        content|news|topics|links?)\s*[:：-]|(?:read|see|watch|listen) (?:also|more|next)\s*[:：-]|(?:read|see|
        watch)\s*[:：]|also read\b|read (?:more|also) (?:about|on|from|at|here)\b|read (?:our|the) (?:latest|
        full) \w+\s*[:：]|don['’]t miss\s*[:：]|you may also like|more (?:from|on) \S+\s*[:：]|related\s*[:：]|
        lesen sie (?:auch|mehr|hier|dazu|weiter)|lies (?:auch|hier|dazu)|mehr (?:zum thema|dazu|lesen|von)\b|
        auch interessant|schon gelesen\b|weiterlesen|zum thema\s*[:：]|(?:à|a) (?:lire|voir|écouter|
        relire) (?:aussi|également|
        ailleurs|sur)|lire (?:aussi|également|plus|la suite)|(?:à|a) (?:lire|voir)\s*[:：]|voir aussi\b|
        notre dossier\s*[:：]|(?:lee|lea|leer|ver|vea|te puede interesar|le puede interesar|
        puede leer) (?:también|
        además|más)\b|te puede interesar|le puede interesar|más información\s*[:：]|(?:leia|veja|saiba|
        confira) (?:também|mais)\b|leggi (?:anche|tutto|di più)|guarda anche|lees (?:ook|meer|verder)|
        läs (?:också|
        även|mer|vidare)|les (?:også|mer|saken)|læs (?:også|mere)|lue (?:myös|lisää)|czytaj (?:też|także|
        również|
        więcej|dalej)|zobacz (?:też|także|również)|przeczytaj (?:też|także|również)|čtěte také|olvasd el ezt is|
        citește și|citeste si|baca juga|đọc thêm|xem thêm|читайте (?:также|ещё|еще|нас|подробнее)|
        смотрите также|
        по теме\s*[:：]|читайте також|あわせて読みたい|【?関連記事|続きを読む|相关阅读|延伸阅读|
        延伸閱讀|相關新聞|관련기사|اقرأ (?:أيضا|أيضًا|المزيد)|
        ayrıca oku|ilgili haber
        """,
    ),
    (
        "newsletter",
        r"""
        (?:sign|signing) up (?:for|to|here|now|today)|subscribe (?:to|now|here|for|today)|get (?:the|our|
        all the|your|
        today).{0,80}(?:newsletter|inbox|e-?mail|delivered)|join (?:our|the) (?:newsletter|mailing|telegram|
        whatsapp|
        community)|our newsletter|enter your e-?mail|(?:thanks|thank you) for (?:subscribing|signing)|
        registration is (?:a )?(?:free|quick)\b|
        by (?:signing|subscribing|entering) .{0,140}|get the latest\b.{0,80}(?:phone|whatsapp|e-?mail|
        alerts?)\b|
        newsletter\b|(?:jetzt )?(?:unseren )?newsletter (?:abonnieren|bestellen)|(?:abonnez|inscrivez)-vous|
        suscríbete|suscríbase|inscreva-se|assine (?:a|o|já|nossa)|iscriviti|abonneer|prenumerera|tilmeld dig|
        zapisz się|подпис(?:ывайтесь|аться|ывайся)|підписуйтесь|to get .{0,60} in your inbox|want (?:more|
        the latest)\b.{0,80}(?:newsletter|inbox|sign up|subscribe).{0,60}|(?:support|donate to) (?:our|us|
        independent)\b|please (?:consider|support|donate|subscribe)\b|become a (?:member|subscriber|supporter|
        patron)
        """,
    ),
    (
        "share",
        r"""
        share (?:this|on|via|the|with|your)\b|share\s*[:：]|(?:follow|find|join|like) (?:us|me|him|her|them|
        our|@\w+|
        \w+(?:\s\w+)?) (?:on|at|in|via) (?:twitter|facebook|instagram|x|threads|bluesky|youtube|telegram|google|
        linkedin|tiktok|whatsapp|social|mastodon|flipboard)\b|(?:folgen|folge) (?:sie )?uns|suivez-nous|
        síguenos|
        siga-nos|seguici|partager (?:sur|cet)|teilen\s*[:：]|compartir\s*[:：]|tweet this|pin it|e-?mail this|
        print this|copy (?:the )?link|download (?:our|the) \S+\s*app\b
        """,
    ),
    (
        "cookie",
        r"""
        (?:this|our) (?:web)?site uses cookies|we (?:use|value) (?:cookies|your privacy)|
        accept (?:all )?cookies|
        cookie (?:settings|policy|preferences)|(?:to|um|pour) .{0,80}(?:enable|accept|allow) (?:javascript|
        cookies)|
        please enable (?:javascript|cookies)|your browser does not support|javascript is (?:disabled|required)|
        ein klick für den datenschutz|
        empfohlener (?:redaktioneller|externer) inhalt|(?:an dieser stelle|hier) (?:finden sie|
        findest du) einen externen inhalt|ich bin damit einverstanden|externer inhalt|external content|
        content is not available due
        """,
    ),
    (
        "tags",
        r"""
        (?:tags?|tagged(?: (?:with|as|under|in))?|topics?|filed under|categor(?:y|ies)|keywords?|schlagw(?:o|
        ö)rt(?:er|e)?|stichw(?:o|ö)rter|themen|mots[- ]clés|sujets|etiquetas|temas|palabras clave|
        palavras-chave|тэги|
        теги|etiketler|topik|kategori(?:en|er)?)\s*[:：]
        """,
    ),
    (
        "copyright",
        r"""
        (?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}|copyright|all\b)|copyright (?:©|\(c\)|\d{4}|by)|
        all rights reserved|
        alle rechte vorbehalten|our standards\s*:|tous droits réservés|todos los derechos reservados|
        this material may not be (?:published|reproduced)|无断|無断転載|禁无断
        """,
    ),
    (
        "meta",
        r"""
        .{0,40}\d+ (?:hours?|minutes?|days?|mins?) ago$|(?:uppdaterad|publicerad|oppdatert|publisert|opdateret|
        offentliggjort|julkaistu|päivitetty|opublikowano|aktualizacja|giriş|güncelleme|yayınlanma|опубликовано|
        обновлено|pubblicato|aggiornato|gepubliceerd|bijgewerkt)\s*(?:om|den|il|op|:)?\s*[:：]?\s*\d|
        (?:first )?(?:published|updated|posted|last (?:updated|modified)|modified|created|date)\s*(?:on|at|
        by)?\s*[:：]?\s*(?:\w{3,9}\.? )?\d|(?:veröffentlicht|aktualisiert|stand|erstellt|
        zuletzt aktualisiert)\s*(?:am)?\s*[:：]?\s*(?:\w+,\s*)?\d|(?:publié|mis à jour|modifié) (?:le|à)\b|
        (?:publicado|actualizado|atualizado)\s*(?:el|em|a las|às)?\s*[:：]?\s*\d|\d+\s*(?:min(?:ute)?s?|minuten|
        min\.?)\s*(?:read|lesezeit|de lecture|de lectura|de leitura)|lesezeit|reading time|estimated read
        """,
    ),
)
#: (reason, words that are a whole line).
WHOLES = (
    (
        "more",
        r"""
        continue reading(?:\s*\W*\s*(?:below|the main story|.{0,120}))?|read (?:more|on|full (?:story|article|
        post)|
        the (?:full|rest|original)\b.{0,60})|(?:see|show|view|load|learn|find out|discover) (?:more|all|less)|
        more|
        story continues(?: below.{0,40})?|article continues(?: (?:after|below).{0,40})?|keep reading|
        click (?:here|
        to)\b.{0,60}|continue|scroll down.{0,60}|mehr|mehr anzeigen|dowiedz się więcej|weiter|
        la suite après .{0,40}|lire la suite|
        seguir leyendo|sigue leyendo|continua a leggere|continue lendo|continua após .{0,40}|leer más|leia mais|
        back to top|top|expand|show caption|hide caption|toggle caption|view (?:image|photo|gallery|comments|
        this post).{0,40}|enlarge(?: (?:this )?image)?|view in full|open in .{0,20}|see the full .{0,20}
        """,
    ),
    (
        "ad",
        r"""
        advertisements?|adverts?|advertising|ads?|sponsored(?: (?:content|by\b.{0,40}|links?))?|promoted|
        paid (?:content|post)|anzeigen?|werbung|publicité|publicidade?|publicidad|pubblicità|annonser?|annonce|
        reklam[ay]?|mainos|advertentie|реклама|広告|廣告|广告|إعلان|quảng cáo|spot_img|spot-img|- ?advertisement ?-|
        advertisement \w+
        """,
    ),
    (
        "source-link",
        r"""
        source links?|source url|link to (?:source|original)|(?:read|view) (?:the )?original(?: (?:article|post|
        story))?
        """,
    ),
    (
        "share",
        r"""
        share|tweet|facebook|twitter|linkedin|whatsapp|telegram|pinterest|reddit|e-?mail|print|copy link|
        link copied|
        bookmark|save|comments?|keine kommentare|(?:no|\d+|leave a|add a|post a|view|join the|
        show) (?:comments?|conversation|reply|
        discussion)|\d+\s*(?:shares?|likes?|views?|comments?)|teilen|merken|drucken|kommentare?|kommentieren|
        partager|
        imprimer|commenter|compartir|imprimir|comentarios?|compartilhar|condividi|stampa|deel|delen|dela|del|
        facebook twitter.{0,60}|(?:video|watch)?\W*(?:\d{1,2}:\d{2}){1,3}(?: min\.?)?|abone ol|
        (?:カテゴリー|タグ|キーワード|著者|記者)?を?フォロー(?:する)?|新規登録|会員登録|ログイン(?:する)?|無料登録|
        follow|gift this article|listen(?: to this article)?.{0,30}|play|pause|
        loading\W*|
        (?:like|love|haha|wow|sad|angry)(?: \d+)?|report .{0,20}error|give feedback|was this (?:article|
        page) helpful.{0,30}
        """,
    ),
)
#: A paywall or a login wall.
WALL = r"""
    to (?:view|read|access|see) the (?:full|whole|rest of the|entire) (?:story|article|text|piece)|
    if you(?:'|’)?re seeing this (?:message|page)|first-time subscribers|
    you (?:have|'ve|’ve) (?:read|reached|used|viewed) (?:your|the|all)\b.{0,60}(?:articles?|limit|stories)|
    subscribe (?:now )?to (?:continue|read|unlock|keep)|(?:to (?:continue|keep) reading|
    continue reading (?:this|
    with|for))|already (?:a )?(?:subscriber|member|have an account)|this (?:article|content|story) is (?:for|
    only|
    exclusive|reserved|available to)|(?:log|sign) in to (?:continue|read|view)|jetzt (?:weiterlesen|testen|
    abonnieren)|weiterlesen mit|(?:(?:cet )?article (?:est )?)?réservée?s? aux abonnés|la suite est réservée|
    il vous reste [\d.,]+\s*%|contenido exclusivo|sólo para suscriptores|conteúdo exclusivo|
    riservato agli abbonati|für abonnenten|nur für abonnenten|
    unlock (?:this|the full)|この記事は会員限定|残り\s*\d+\s*文字
    """
#: The notice that an account is read on two devices at once.
DEVICES = r"""
    (?:sur|on|en|auf|su) (?:un autre appareil|another device|otro dispositivo|einem anderen gerät|
    un altro dispositivo)
    """
#: What publishers write to their readers under an article.
BOILERPLATE = r"""
    (?:.{0,80}\b(?:publish(?:es|ed)|licen[sc]ed|available) under (?:an? )?(?:cc|creative commons)\b|
    we and our (?:\d+ )?partners\b|
    (?:please|bitte)\b.{0,60}(?:comments?|kommentare?)\b|join (?:our|the) (?:commenting|conversation|
    discussion)|join thought-provoking|our (?:web)?site is (?:the|your)\b|(?:do you )?(?:have|got) (?:a|any|
    more) (?:news )?(?:tip|story|information)s?\b|(?:you can )?unsubscribe at any time|
    sie können sich jederzeit (?:wieder )?abmelden|if you (?:buy|purchase) (?:something|anything|through|using|
    an?\b).{0,80}(?:commission|links?)|we may (?:earn|receive) (?:an? )?(?:affiliate )?commission|(?:this|
    the) (?:article|post|story|page) (?:contains|may contain|includes) (?:affiliate|referral)|
    hinweis zu affiliate|(?:more information|the views) expressed (?:here|in this)|
    registration on or use of this site|.{0,100}\bnewsletter\b.{0,20} (?:(?:informiert|liefert|versorgt|bringt|hält)
    (?:sie|ihnen|dich|dir|euch)|(?:brings|delivers|gives|keeps|sends) you|vous (?:informe|apporte))\b|
    .{0,20}フォロー.{0,6}すると、|(?:the|all) (?:content|material)s? (?:on|
    of) this (?:web)?site may not be|
    deine privatsphäre-einstellungen|(?:diese|this) (?:zusammenfassung|summary) (?:wurde|was|
    is) .{0,30}(?:künstlich|automatisch|ki\b|ai\b|automatically)|(?:los comentarios|les commentaires|
    comentários|
    i commenti)\b.{0,40}(?:modera|règles|reglas|regras))
    """

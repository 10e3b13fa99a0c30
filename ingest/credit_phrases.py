"""The default credits, by language of the article; used where a partner demands no wording of its own."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.terms import DEFAULT_TEMPLATE


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """The default credit templates of one language."""

    #: Whole, with a grant of our own.
    permission: str
    #: Whole, under a public licence.
    licence: str
    #: A part of the article.
    excerpt: str
    #: Headline and link alone.
    link: str
    #: Added where a licence has to be named and the template does not.
    licence_note: str
    #: Added where the words were changed and that has to be said.
    changed: str


PHRASES = {
    "en": Phrases(
        permission=DEFAULT_TEMPLATE,
        licence="This article, originally published by {origin}, is republished under a {licence} licence.",
        excerpt="This is an excerpt from an article originally published by {origin}.",
        link="Published by {origin}.",
        licence_note="Licence: {licence}.",
        changed="The text has been changed from the original.",
    ),
    "de": Phrases(
        permission="Dieser Artikel ist zuerst bei {origin} erschienen und wird mit Genehmigung veröffentlicht.",
        licence="Dieser Artikel ist zuerst bei {origin} erschienen und steht unter der Lizenz {licence}.",
        excerpt="Dies ist ein Auszug aus einem Artikel, der zuerst bei {origin} erschienen ist.",
        link="Erschienen bei {origin}.",
        licence_note="Lizenz: {licence}.",
        changed="Der Text wurde gegenüber dem Original verändert.",
    ),
    "fr": Phrases(
        permission="Cet article, publié à l’origine par {origin}, est republié avec autorisation.",
        licence="Cet article, publié à l’origine par {origin}, est republié sous licence {licence}.",
        excerpt="Ceci est un extrait d’un article publié à l’origine par {origin}.",
        link="Publié par {origin}.",
        licence_note="Licence : {licence}.",
        changed="Le texte a été modifié par rapport à l’original.",
    ),
    "es": Phrases(
        permission="Este artículo, publicado originalmente por {origin}, se reproduce con autorización.",
        licence="Este artículo, publicado originalmente por {origin}, se reproduce bajo licencia {licence}.",
        excerpt="Este es un extracto de un artículo publicado originalmente por {origin}.",
        link="Publicado por {origin}.",
        licence_note="Licencia: {licence}.",
        changed="El texto ha sido modificado respecto al original.",
    ),
    "pt": Phrases(
        permission="Este artigo, publicado originalmente por {origin}, é republicado com autorização.",
        licence="Este artigo, publicado originalmente por {origin}, é republicado sob a licença {licence}.",
        excerpt="Este é um excerto de um artigo publicado originalmente por {origin}.",
        link="Publicado por {origin}.",
        licence_note="Licença: {licence}.",
        changed="O texto foi alterado em relação ao original.",
    ),
    "it": Phrases(
        permission="Questo articolo, pubblicato originariamente da {origin}, è ripubblicato con autorizzazione.",
        licence="Questo articolo, pubblicato originariamente da {origin}, è ripubblicato con licenza {licence}.",
        excerpt="Questo è un estratto di un articolo pubblicato originariamente da {origin}.",
        link="Pubblicato da {origin}.",
        licence_note="Licenza: {licence}.",
        changed="Il testo è stato modificato rispetto all’originale.",
    ),
    "nl": Phrases(
        permission="Dit artikel verscheen eerder bij {origin} en wordt met toestemming overgenomen.",
        licence="Dit artikel verscheen eerder bij {origin} en wordt overgenomen onder de licentie {licence}.",
        excerpt="Dit is een fragment uit een artikel dat eerder bij {origin} verscheen.",
        link="Verschenen bij {origin}.",
        licence_note="Licentie: {licence}.",
        changed="De tekst is gewijzigd ten opzichte van het origineel.",
    ),
    "sv": Phrases(
        permission="Artikeln publicerades först av {origin} och återges med tillstånd.",
        licence="Artikeln publicerades först av {origin} och återges under licensen {licence}.",
        excerpt="Detta är ett utdrag ur en artikel som först publicerades av {origin}.",
        link="Publicerad av {origin}.",
        licence_note="Licens: {licence}.",
        changed="Texten har ändrats jämfört med originalet.",
    ),
    "da": Phrases(
        permission="Artiklen blev først bragt af {origin} og genudgives med tilladelse.",
        licence="Artiklen blev først bragt af {origin} og genudgives under licensen {licence}.",
        excerpt="Dette er et uddrag af en artikel, der først blev bragt af {origin}.",
        link="Bragt af {origin}.",
        licence_note="Licens: {licence}.",
        changed="Teksten er ændret i forhold til originalen.",
    ),
    "nb": Phrases(
        permission="Artikkelen ble først publisert av {origin} og gjengis med tillatelse.",
        licence="Artikkelen ble først publisert av {origin} og gjengis under lisensen {licence}.",
        excerpt="Dette er et utdrag fra en artikkel som først ble publisert av {origin}.",
        link="Publisert av {origin}.",
        licence_note="Lisens: {licence}.",
        changed="Teksten er endret i forhold til originalen.",
    ),
    "pl": Phrases(
        permission="Artykuł ukazał się pierwotnie w serwisie {origin}. Publikujemy go za zgodą wydawcy.",
        licence="Artykuł ukazał się pierwotnie w serwisie {origin}. Publikujemy go na licencji {licence}.",
        excerpt="To fragment artykułu, który ukazał się pierwotnie w serwisie {origin}.",
        link="Źródło: {origin}.",
        licence_note="Licencja: {licence}.",
        changed="Tekst zmieniono w stosunku do oryginału.",
    ),
    "ru": Phrases(
        permission="Первая публикация: {origin}. Перепечатывается с разрешения.",
        licence="Первая публикация: {origin}. Перепечатывается по лицензии {licence}.",
        excerpt="Отрывок из статьи. Первая публикация: {origin}.",
        link="Источник: {origin}.",
        licence_note="Лицензия: {licence}.",
        changed="Текст изменён по сравнению с оригиналом.",
    ),
    "uk": Phrases(
        permission="Перша публікація: {origin}. Передруковано з дозволу.",
        licence="Перша публікація: {origin}. Передруковано за ліцензією {licence}.",
        excerpt="Уривок зі статті. Перша публікація: {origin}.",
        link="Джерело: {origin}.",
        licence_note="Ліцензія: {licence}.",
        changed="Текст змінено порівняно з оригіналом.",
    ),
    "tr": Phrases(
        permission="Bu yazı ilk olarak {origin} tarafından yayımlanmıştır ve izinle yeniden yayımlanmaktadır.",
        licence="Bu yazı ilk olarak {origin} tarafından yayımlanmıştır ve {licence} lisansıyla sunulmaktadır.",
        excerpt="Bu, ilk olarak {origin} tarafından yayımlanan bir yazıdan alıntıdır.",
        link="Kaynak: {origin}.",
        licence_note="Lisans: {licence}.",
        changed="Metin, özgün halinden farklıdır.",
    ),
    "id": Phrases(
        permission="Artikel ini pertama kali diterbitkan oleh {origin} dan diterbitkan ulang dengan izin.",
        licence="Artikel ini pertama kali diterbitkan oleh {origin} dan diterbitkan ulang dengan lisensi {licence}.",
        excerpt="Ini adalah kutipan dari artikel yang pertama kali diterbitkan oleh {origin}.",
        link="Diterbitkan oleh {origin}.",
        licence_note="Lisensi: {licence}.",
        changed="Teks telah diubah dari aslinya.",
    ),
    "zh": Phrases(
        permission="本文最初由{origin}发表，经授权转载。",
        licence="本文最初由{origin}发表，依据 {licence} 许可协议转载。",
        excerpt="本文节选自{origin}最初发表的文章。",
        link="来源：{origin}。",
        licence_note="许可协议：{licence}。",
        changed="文字与原文有改动。",
    ),
    "zh-hant": Phrases(
        permission="本文最初由{origin}發表，經授權轉載。",
        licence="本文最初由{origin}發表，依據 {licence} 授權條款轉載。",
        excerpt="本文節選自{origin}最初發表的文章。",
        link="來源：{origin}。",
        licence_note="授權條款：{licence}。",
        changed="文字與原文有改動。",
    ),
    "ja": Phrases(
        permission="この記事は{origin}で最初に公開されたもので、許可を得て転載しています。",
        licence="この記事は{origin}で最初に公開されたもので、{licence} ライセンスに基づいて転載しています。",
        excerpt="これは{origin}で最初に公開された記事の抜粋です。",
        link="出典：{origin}。",
        licence_note="ライセンス：{licence}。",
        changed="本文は原文から変更されています。",
    ),
    "ar": Phrases(
        permission="نُشر هذا المقال أولاً في {origin}، ويُعاد نشره بإذن.",
        licence="نُشر هذا المقال أولاً في {origin}، ويُعاد نشره بموجب رخصة {licence}.",
        excerpt="هذا مقتطف من مقال نُشر أولاً في {origin}.",
        link="المصدر: {origin}.",
        licence_note="الرخصة: {licence}.",
        changed="أُدخلت تعديلات على النص الأصلي.",
    ),
}

#: Other tags for the same written language (CLDR aliases; Nynorsk readers read Bokmål).
_ALIASES = {"no": "nb", "nn": "nb", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "in": "id"}


def phrases_for(language: str | None) -> Phrases:
    """Return the default credits of a language tag: the nearest we have, else the English ones."""
    parts = (language or "en").replace("_", "-").lower().split("-")
    for end in range(len(parts), 0, -1):
        tag = "-".join(parts[:end])
        found = PHRASES.get(_ALIASES.get(tag, tag))
        if found is not None:
            return found
    return PHRASES["en"]

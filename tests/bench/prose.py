"""Made-up English articles, and template reports, from a seed: prose of our own to make pairs from."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


def _pool(text: str) -> list[str]:
    """Return the phrases between bars."""
    return [phrase.strip() for phrase in text.split("|")]


PLACES = _pool(
    """
    Harrow Point|Lower Wexley|Port Anselm|Dunmore|Kessington|Vale Harbour|Ostrava Bridge|
    Milltown|Saint Corrin|Greyfell|Tarnwick|Eastmere|Calder Row|Nordham|Quill Bay|Ardenholt|
    Bramley Cross|Sandgate|Oxmoor|Fernleigh
    """
)
PEOPLE = _pool(
    """
    Maria Okonjo|Theo Lindqvist|Hana Petrov|Luis Ferrante|Agnes Whitlow|Omar Dervish|Priya Raman|
    Jonas Keel|Ruth Abernathy|Chen Wei|Sofia Marchetti|Daniel Osei|Ingrid Solberg|Tomas Varga|
    Leila Haddad|Peter Nyberg
    """
)
ADJECTIVES = _pool(
    """
    eastern|old|narrow|unpaid|frozen|local|shared|rural|hidden|costly|modest|broken|public|
    private|early|damp|rusty|steep|quiet|crowded|empty|leaky|yearly|hasty|careful|distant|
    muddy|coastal|tidal|disputed|promised|borrowed|stubborn|mild|bitter|bright|shallow|
    wooden|concrete|temporary|lasting|uneven|generous|reluctant|seasonal|amber|crooked|overdue
    """
)
NOUNS = _pool(
    """
    harbour|budget|ferry|school|roof|quota|sea wall|orchard|clinic|timetable|library|archive|
    bridge|well|pump|tenant|fishery|grant|barn|survey|hedgerow|petition|lease|museum|
    warehouse|ambulance|tramway|quarry|reservoir|bakery|council|tribunal|insurer|ministry|
    nurse|engineer|grower|trawler|nursery|lighthouse|vineyard|ledger|contract|crossing|market|
    greenhouse|mooring|furnace|choir|stadium|marsh|railway|tunnel|workshop|harvest|inquiry|
    landlord|dredger|meadow|kiln
    """
)
VERBS = _pool(
    """
    approved|rejected|postponed|published|challenged|revised|welcomed|questioned|abandoned|
    revived|inspected|financed|defended|audited|mapped|halted|extended|outlined|drafted|
    withdrew|measured|compared|criticised|redrew|ignored|praised|counted|moved|sold|flooded|
    rebuilt|closed|copied|borrowed|delayed|trusted|missed|feared|mended|lost
    """
)
ADVERBS = _pool(
    """
    quickly|slowly|openly|twice|again|reluctantly|overnight|in public|by mistake|in spring|
    without warning|at last|for free|on paper|in haste|as planned|too late|with care|in part|
    by hand|under protest|in silence|every week|so far
    """
)
LINKS = _pool(
    """
    because|while|although|after|before|unless|since|until|whereas|even though|as soon as|
    in case
    """
)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One article: headline, names and paragraphs."""

    headline: str
    names: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, a blank line between them."""
        return "\n\n".join(self.paragraphs)


def article(random: Random, *, paragraphs: int = 12) -> Piece:
    """Make up a piece on one place: three or four sentences a paragraph, some 60 words."""
    place, names = random.choice(PLACES), random.sample(PEOPLE, 3)
    return Piece(
        headline=f"{_thing(random).capitalize()} {random.choice(VERBS)} {_thing(random)} in {place}",
        names=(names[0],),
        paragraphs=tuple(
            " ".join(sentence(random, place, random.choice(names[1:])) for _ in range(random.randint(3, 4)))
            for _ in range(paragraphs)
        ),
    )


def sentence(random: Random, place: str, person: str) -> str:
    """Make up a sentence of some fifteen words."""
    first, second, link = _clause(random), _clause(random), random.choice(LINKS)
    match random.randrange(5):
        case 0:
            return f"{link.capitalize()} {first}, {second} near {place}."
        case 1:
            return f"{first.capitalize()} {link} {second}, {person} {random.choice(VERBS)} {_thing(random)}."
        case 2:
            return f"“{first.capitalize()} {link} {second},” said {person}, {random.randint(2, 30)} years later."
        case 3:
            return f"{person} {random.choice(VERBS)} {random.choice(ADVERBS)}: {first}, {link} {second}."
        case _:
            return (
                f"About {random.randint(3, 980)} people near {random.choice(PLACES)} saw how {first} {link} {second}."
            )


def _clause(random: Random) -> str:
    return f"{_thing(random)} {random.choice(VERBS)} {_thing(random)} {random.choice(ADVERBS)}"


def _thing(random: Random) -> str:
    article_ = random.choice(("the", "a", "each", "no", "one", "this"))
    return f"{article_} {random.choice(ADJECTIVES)} {random.choice(NOUNS)}"


def weather(random: Random, day: str, date: int) -> Piece:
    """Make up the forecast of a day: the template stays, figures and skies change."""
    number, pick = random.randint, random.choice
    sky = ("sunny", "cloudy", "overcast", "bright", "foggy", "showery")
    wind = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    places = [
        f"In {place} the day starts {pick(sky)} and ends {pick(sky)}, with a high of {number(4, 24)} degrees in the "
        f"afternoon and a low of {number(-3, 9)} degrees overnight. The chance of rain is {number(0, 100)} per cent. "
        f"Winds come from the {pick(wind)} at {number(3, 60)} kilometres an hour, with gusts of up to "
        f"{number(20, 95)} near the shore."
        for place in PLACES[:6]
    ]
    tides = (
        f"The sun rises at 6.{number(10, 59)} and sets at 18.{number(10, 59)}. High water at the bridge is at "
        f"{number(0, 11)}.{number(10, 59)}. The next bulletin is published at noon tomorrow."
    )
    opening = f"Here is the forecast for {day}, {date} March, from the coast desk."
    return Piece(headline=f"Weather for {day}, {date} March", names=(), paragraphs=(opening, *places, tides))


def markets(random: Random, day: str) -> Piece:
    """Make up a market close: the template stays, figures and movers change."""
    number = random.randint

    def move() -> str:
        return f"{random.choice(('rose', 'fell', 'gained', 'lost'))} {number(0, 4)}.{number(0, 99):02} per cent"

    names = ("Harbour Steel", "Norden Bank", "Tarn Energy", "Vale Foods", "Quill Software", "Oxmoor Rail")
    opening = (
        f"The Harrow 40 index {move()} to close at {number(3000, 3999)}.{number(10, 99)} points on {day}, on a "
        f"turnover of {number(200, 900)} million crowns."
    )
    shares = [
        f"Shares in {name} {move()} to {number(10, 400)}.{number(10, 99)} crowns, after a volume of "
        f"{number(10, 990)} thousand shares. Analysts expect the company's results for the quarter next month."
        for name in names
    ]
    closing = (
        f"The crown {move()} against the euro and traded at {number(7, 9)}.{number(1000, 9999)}. Crude oil {move()} "
        f"to {number(50, 99)}.{number(10, 99)} dollars a barrel. Gold {move()} to {number(1800, 2600)} dollars an "
        "ounce. All prices are delayed by fifteen minutes. This report was made automatically."
    )
    return Piece(
        headline=f"Markets at the close, {day}", names=("Markets desk",), paragraphs=(opening, *shares, closing)
    )


def results(random: Random, day: str) -> Piece:
    """Make up a round-up of results: the template stays, teams, scorers and scores change."""
    number, clubs = random.randint, random.sample(PLACES, 12)
    matches = [
        f"{home} {number(0, 5)} {away} {number(0, 5)}. {random.choice(PEOPLE)} opened the scoring for {home} in the "
        f"{number(2, 88)}th minute in front of a crowd of {number(300, 9000)}. The referee showed {number(0, 6)} "
        f"yellow cards. {away} are now {number(1, 20)} points off the top of the table."
        for home, away in zip(clubs[::2], clubs[1::2], strict=True)
    ]
    opening = f"All the results from {day}'s matches in the coastal league, with scorers and attendance."
    closing = "The league table and next week's fixtures are on the sports page. Kick-off times may still change."
    return Piece(
        headline=f"Coastal league results, {day}", names=("Sports desk",), paragraphs=(opening, *matches, closing)
    )

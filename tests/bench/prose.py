"""Made-up English articles, and template reports, from a seed: prose of our own to make pairs from."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

PLACES = (
    "Harrow Point|Lower Wexley|Port Anselm|Dunmore|Kessington|Vale Harbour|Ostrava Bridge|Milltown|Saint Corrin|"
    "Greyfell|Tarnwick|Eastmere|Calder Row|Nordham|Quill Bay|Ardenholt|Bramley Cross|Sandgate|Oxmoor|Fernleigh"
).split("|")
PEOPLE = (
    "Maria Okonjo|Theo Lindqvist|Hana Petrov|Luis Ferrante|Agnes Whitlow|Omar Dervish|Priya Raman|Jonas Keel|"
    "Ruth Abernathy|Chen Wei|Sofia Marchetti|Daniel Osei|Ingrid Solberg|Tomas Varga|Leila Haddad|Peter Nyberg"
).split("|")
ADJECTIVES = (
    "eastern|old|narrow|unpaid|frozen|local|shared|rural|hidden|costly|modest|broken|public|private|early|damp|rusty|steep|"
    "quiet|crowded|empty|leaky|yearly|hasty|careful|distant|muddy|coastal|tidal|disputed|promised|borrowed|stubborn|mild|"
    "bitter|bright|shallow|wooden|concrete|temporary|lasting|uneven|generous|reluctant|seasonal|amber|crooked|overdue"
).split("|")
NOUNS = (
    "harbour|budget|ferry|school|roof|quota|sea wall|orchard|clinic|timetable|library|archive|bridge|well|pump|tenant|"
    "fishery|grant|barn|survey|hedgerow|petition|lease|museum|warehouse|ambulance|tramway|quarry|reservoir|bakery|council|"
    "tribunal|insurer|ministry|nurse|engineer|grower|trawler|nursery|lighthouse|vineyard|ledger|contract|crossing|market|"
    "greenhouse|mooring|furnace|choir|stadium|marsh|railway|tunnel|workshop|harvest|inquiry|landlord|dredger|meadow|kiln"
).split("|")
VERBS = (
    "approved|rejected|postponed|published|challenged|revised|welcomed|questioned|abandoned|revived|inspected|financed|"
    "defended|audited|mapped|halted|extended|outlined|drafted|withdrew|measured|compared|criticised|redrew|ignored|praised|"
    "counted|moved|sold|flooded|rebuilt|closed|copied|borrowed|delayed|trusted|missed|feared|mended|lost"
).split("|")
ADVERBS = (
    "quickly|slowly|openly|twice|again|reluctantly|overnight|in public|by mistake|in spring|without warning|at last|"
    "for free|on paper|in haste|as planned|too late|with care|in part|by hand|under protest|in silence|every week|so far"
).split("|")
LINKS = "because|while|although|after|before|unless|since|until|whereas|even though|as soon as|in case".split("|")


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
    return f"{random.choice(('the', 'a', 'each', 'no', 'one', 'this'))} {random.choice(ADJECTIVES)} {random.choice(NOUNS)}"


def weather(random: Random, day: str, date: int) -> Piece:
    """Make up the forecast of a day: the template stays, figures and skies change."""
    sky = ("sunny", "cloudy", "overcast", "bright", "foggy", "showery")
    wind = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    lines = [
        f"Here is the forecast for {day}, {date} March, from the coast desk.",
        *(
            f"In {place} the day starts {random.choice(sky)} and ends {random.choice(sky)}, with a high of "
            f"{random.randint(4, 24)} degrees in the afternoon and a low of {random.randint(-3, 9)} degrees overnight. "
            f"The chance of rain is {random.randint(0, 100)} per cent. Winds come from the {random.choice(wind)} at "
            f"{random.randint(3, 60)} kilometres an hour, with gusts of up to {random.randint(20, 95)} near the shore."
            for place in PLACES[:6]
        ),
        f"The sun rises at 6.{random.randint(10, 59)} and sets at 18.{random.randint(10, 59)}. High water at the bridge "
        f"is at {random.randint(0, 11)}.{random.randint(10, 59)}. The next bulletin is published at noon tomorrow.",
    ]
    return Piece(headline=f"Weather for {day}, {date} March", names=(), paragraphs=tuple(lines))


def markets(random: Random, day: str) -> Piece:
    """Make up a market close: the template stays, figures and movers change."""

    def move() -> str:
        return f"{random.choice(('rose', 'fell', 'gained', 'lost'))} {random.randint(0, 4)}.{random.randint(0, 99):02} per cent"

    names = ("Harbour Steel", "Norden Bank", "Tarn Energy", "Vale Foods", "Quill Software", "Oxmoor Rail")
    lines = [
        f"The Harrow 40 index {move()} to close at {random.randint(3000, 3999)}.{random.randint(10, 99)} points on {day}, "
        f"on a turnover of {random.randint(200, 900)} million crowns.",
        *(
            f"Shares in {name} {move()} to {random.randint(10, 400)}.{random.randint(10, 99)} crowns, after a volume of "
            f"{random.randint(10, 990)} thousand shares. Analysts expect the company's results for the quarter next month."
            for name in names
        ),
        f"The crown {move()} against the euro and traded at {random.randint(7, 9)}.{random.randint(1000, 9999)}. Crude oil "
        f"{move()} to {random.randint(50, 99)}.{random.randint(10, 99)} dollars a barrel. Gold {move()} to "
        f"{random.randint(1800, 2600)} dollars an ounce.",
        "All prices are delayed by fifteen minutes. This report was made automatically and checked by an editor.",
    ]
    return Piece(headline=f"Markets at the close, {day}", names=("Markets desk",), paragraphs=tuple(lines))


def results(random: Random, day: str) -> Piece:
    """Make up a round-up of results: the template stays, teams, scorers and scores change."""
    clubs = random.sample(PLACES, 12)
    lines = [f"All the results from {day}'s matches in the coastal league, with scorers and attendance."]
    for home, away in zip(clubs[::2], clubs[1::2], strict=True):
        scorer = random.choice(PEOPLE)
        lines.append(
            f"{home} {random.randint(0, 5)} {away} {random.randint(0, 5)}. {scorer} opened the scoring for {home} in the "
            f"{random.randint(2, 88)}th minute in front of a crowd of {random.randint(300, 9000)}. The referee showed "
            f"{random.randint(0, 6)} yellow cards. {away} are now {random.randint(1, 20)} points off the top of the table."
        )
    lines.append("The league table and next week's fixtures are on the sports page. Kick-off times may still change.")
    return Piece(headline=f"Coastal league results, {day}", names=("Sports desk",), paragraphs=tuple(lines))

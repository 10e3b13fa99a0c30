"""Made-up prose in several scripts, and template reports, from a seed: to make pairs from beside English."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import accumulate
from random import Random

from tests.bench.prose import Piece, article

#: The letters or syllables that words are made of, what stands between words, and what ends a sentence.
SCRIPTS: dict[str, tuple[str, str, str]] = {
    "de": (
        "ge ver auf stadt rat werk ung keit schul haus wasser brück lich ein aus bahn kraft hof berg markt",
        " ",
        ".",
    ),
    "fr": ("é ma ville con seil mu ni ci pal tion eau pont école ré gion ment pro jet vo té rue port", " ", "."),
    "es": ("ciu dad con se jo puer to agua es cue la pro yec to vo tó ca lle mer ca do río año", " ", "."),
    "ru": ("го род со вет пор та во да шко ла про ект ре ше ние ули ца ры нок ре ка мост об ласть", " ", "."),
    "ar": ("مد ين ة مج لس مي ناء ما ء مدر سة مش روع قر ار شا رع سو ق نه ر جس ر منط قة وزي ر", " ", "."),
    "zh": ("城市议会港口水学校项目决定街市场河桥区部长工人公司政府计划报告会议问题研究增长", "", "。"),
    "ja": ("都市議会港水学校計画決定通市場川橋地区大臣労働者会社政府報告会議問題研究のにはをがでと", "", "。"),
    "hi": ("नग र परि षद बंद रगाह पानी स्कू ल योज ना निर् णय सड़ क बाज़ार नदी पुल क्षे त्र मंत् री", " ", "।"),
}


#: How many characters a script without blanks draws from: as many as a newspaper uses.
_CHARACTERS = 1800


@cache
def _words(tongue: str) -> tuple[list[str], list[float]]:
    parts, between, _ = SCRIPTS[tongue]
    random = Random(tongue)
    pieces = parts.split() if between else [*parts, *(chr(0x4E00 + 7 * n) for n in range(_CHARACTERS))]
    made = sorted({"".join(random.choices(pieces, k=random.randint(1, 3))) for _ in range(6000)})
    random.shuffle(made)
    return made, list(accumulate(1 / (rank + 20) for rank in range(len(made))))


def sentence_in(random: Random, tongue: str) -> str:
    """Make up a sentence of some 15 words; one in four has a figure."""
    vocabulary, weights = _words(tongue)
    _, between, stop = SCRIPTS[tongue]
    words = random.choices(vocabulary, cum_weights=weights, k=random.randint(8, 22))
    if random.random() < 0.25:
        words.insert(random.randrange(len(words)), str(random.randint(2, 9000)))
    return between.join(words).capitalize() + stop


def piece_in(random: Random, tongue: str, *, paragraphs: int = 12) -> Piece:
    """Make up a piece in a language; English is that of prose.py."""
    if tongue == "en":
        return article(random, paragraphs=paragraphs)
    glue = " " if SCRIPTS[tongue][1] else ""
    lines = [glue.join(sentence_in(random, tongue) for _ in range(random.randint(2, 5))) for _ in range(paragraphs)]
    return Piece(headline=sentence_in(random, tongue)[:60], names=(f"{tongue} Reporter",), paragraphs=tuple(lines))


SIGNS = [
    "Aries",
    "Taurus",
    "Gemini",
    "Cancer",
    "Leo",
    "Virgo",
    "Libra",
    "Scorpio",
    "Sagittarius",
    "Capricorn",
    "Aquarius",
    "Pisces",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_HOPES = ["money", "love", "work", "travel", "health", "family", "study", "rest", "friends", "home"]
_FIRST = [
    "Ann",
    "Bert",
    "Cora",
    "Dirk",
    "Ella",
    "Finn",
    "Gina",
    "Hugo",
    "Iris",
    "Jack",
    "Kate",
    "Liam",
    "Mona",
    "Nils",
    "Olga",
    "Paul",
]
_LAST = [
    "Moor",
    "Lane",
    "Brook",
    "Stone",
    "Field",
    "Marsh",
    "Hill",
    "Ford",
    "Wood",
    "Park",
    "Reed",
    "Vale",
    "Cross",
    "Bell",
    "Snow",
]
_STREETS = ["Harbour", "Mill", "Church", "Station", "Market", "Bridge", "School", "Orchard", "Castle", "Forge"]
_TRADES = ["nurse", "engineer", "driver", "teacher", "cook", "plumber", "clerk", "electrician", "welder", "gardener"]


def horoscope(random: Random) -> Piece:
    """Make up a day's horoscopes: one frame for each sign, other hopes."""
    day = f"{random.choice(_DAYS)}, {random.randint(1, 28)} May"
    lines = [
        f"{sign}: Today brings news about {random.choice(_HOPES)}. Take care of your {random.choice(_HOPES)} in the "
        f"afternoon, and trust a friend born under {random.choice(SIGNS)}. Lucky number: {random.randint(1, 99)}."
        for sign in SIGNS
    ]
    return Piece(headline=f"Your stars for {day}", names=("Stella Night",), paragraphs=tuple(lines))


def obituaries(random: Random) -> Piece:
    """Make up a week's list of deaths: one frame, other people."""
    lines = [
        f"{random.choice(_FIRST)} {random.choice(_LAST)}, {random.randint(41, 99)}, of {random.choice(_STREETS)} "
        f"Street, died on {random.choice(_DAYS)}. A service will be held at {random.choice(_STREETS)} Chapel at "
        f"{random.randint(9, 16)}:{random.choice(('00', '15', '30'))}. Flowers may be sent to the family."
        for _ in range(8)
    ]
    return Piece(headline="Death notices of the week", names=(), paragraphs=tuple(lines))


def notice(random: Random) -> Piece:
    """Make up a job or tender notice: one frame, another post."""
    trade, place = random.choice(_TRADES), random.choice(_STREETS)
    lines = (
        f"The district of {place} is looking for a {trade} for {random.randint(10, 40)} hours a week.",
        (
            f"You will work in the team of {random.choice(_FIRST)} {random.choice(_LAST)} at {random.choice(_STREETS)} "
            f"House. The salary is between {random.randint(18, 30)},000 and {random.randint(31, 50)},000 crowns a year."
        ),
        (
            "We offer a pension, training, and thirty days of leave. We welcome applications from everyone, whatever their "
            "age, faith or origin. Disabled applicants who are equally qualified will be preferred."
        ),
        (
            f"Send your application with the reference number {random.randint(1000, 9999)}/{random.randint(1, 99)} by "
            f"{random.randint(1, 28)} June to the personnel office. Interviews are held in the week after."
        ),
    )
    return Piece(headline=f"Vacancy: {trade} in {place}", names=(), paragraphs=lines)


def earthquake(random: Random) -> Piece:
    """Make up a bot's report of an earthquake: one frame, other figures and places."""
    place, far = random.choice(_STREETS), random.choice(_STREETS)
    lines = (
        (
            f"A magnitude {random.randint(3, 5)}.{random.randint(0, 9)} earthquake was reported {random.choice(_DAYS)} "
            f"{random.choice(('morning', 'evening', 'night'))} {random.randint(2, 40)} miles from {place}, according to "
            "the geological survey."
        ),
        (
            f"The temblor occurred at {random.randint(1, 11)}:{random.randint(10, 59)} at a depth of "
            f"{random.randint(1, 20)}.{random.randint(0, 9)} miles. In the past ten days there have been "
            f"{random.choice(('no', 'one', 'two', 'three'))} earthquakes of magnitude 3.0 or greater centred nearby."
        ),
        (
            f"The nearest town was {far}. This information comes from the notification service and this post was created "
            "by an algorithm written by the author."
        ),
    )
    return Piece(headline=f"Earthquake felt near {place}", names=("Quakebot",), paragraphs=lines)


def lottery(random: Random) -> Piece:
    """Make up a draw's numbers: next to nothing but figures differs."""
    numbers = ", ".join(map(str, sorted(random.sample(range(1, 50), 6))))
    lines = (
        (
            f"The winning numbers of {random.choice(_DAYS)}'s draw are {numbers}, and the bonus number is "
            f"{random.randint(1, 9)}."
        ),
        (
            f"The jackpot was {random.randint(1, 90)} million crowns. {random.randint(2, 900)} players matched four "
            f"numbers and win {random.randint(20, 90)} crowns each."
        ),
        (
            "Tickets are sold until seven in the evening on the day of the draw. Players must be eighteen or older. Please "
            "play responsibly; the helpline is open around the clock."
        ),
    )
    return Piece(headline="Winning lottery numbers", names=(), paragraphs=lines)


def puzzle(random: Random) -> Piece:
    """Make up a weekly puzzle page: rules that stay, another puzzle."""
    clues = "; ".join(f"{random.choice(_HOPES)} ({random.randint(3, 9)})" for _ in range(8))
    lines = (
        (
            "Welcome to the weekly puzzle. Each answer is a word hidden in the grid, forwards, backwards or diagonally. "
            "Cross out what you find; the letters left spell a place. Send it to the puzzle desk to win a book."
        ),
        f"The clues: {clues}.",
        (
            "Last week's answers are on the back page. Entries reach us by post or through the website until Thursday. The "
            "editor's decision is final."
        ),
    )
    return Piece(headline="The weekly puzzle", names=("Puzzle desk",), paragraphs=lines)


TEMPLATES: tuple[Callable[[Random], Piece], ...] = (horoscope, obituaries, notice, earthquake, lottery, puzzle)

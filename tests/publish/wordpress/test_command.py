"""The commands that a person runs, over a real WordPress: publish, be held, overwrite, audit."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.sources import load_sources
from ingest.store.database import open_store
from tests.newsroom import Newsroom
from tests.newswire import NOW, article, take
from tests.publish.wordpress.server import WordPress

_SOURCES = """
site: {{name: The Courier, url: https://courier.example/}}
partners:
  forum:
    name: Forum
    url: https://forum.example/
    terms:
      grant: {{basis: grant, grantor: J. Doe, evidence: https://forum.example/letter}}
      mode: full
targets:
  web: {{kind: wordpress, url: "{url}", user: editor, password_env: WP_PW, categories: {{always: [partners]}}}}
"""


def test_a_newsroom_publishes_is_held_overwrites_and_audits(wordpress: WordPress, tmp_path: Path) -> None:
    """A target that is new gets what was there before it; an editor's change is held until a person lets it go."""
    (tmp_path / "sources.yaml").write_text(_SOURCES.format(url=wordpress.url))
    known = load_sources(tmp_path / "sources.yaml")
    engine = open_store(f"sqlite:///{tmp_path / 'reprint.db'}")
    # Kept before sources.yaml named the target.
    kept = take(engine, article("command", seed=99_001), "forum", known, now=NOW, targets=("site",))
    office, password = Newsroom(folder=tmp_path, bases={}), wordpress.passwords["editor"]
    first = office.run("publish", "--json", WP_PW=password)
    assert first.returncode == 0, first.stderr
    assert [(one["target"], one["published"]) for one in json.loads(first.stdout)] == [("site", 1), ("web", 1)]
    find = "return get_posts(['name' => 'what-the-tides-say-part-99001'])[0]"
    number = wordpress.php(f"{find}->ID;")
    wordpress.php(f"return wp_update_post(['ID' => {number}, 'post_title' => 'By hand']);")
    take(engine, article("command", seed=99_002), "forum", known, now=NOW, targets=("site", "web"))
    held = office.run("publish", WP_PW=password)
    assert held.returncode == 1
    assert "its words were changed in WordPress" in " ".join((held.stdout + held.stderr).split())
    assert wordpress.php(f"{find}->post_title;") == "By hand"
    let = office.run("publish", "--overwrite", str(kept.article_id), WP_PW=password)
    assert let.returncode == 0, let.stdout + let.stderr
    assert wordpress.php(f"{find}->post_title;") == "What the tides say, part 99002"
    for words in (("audit", "verify"), ("audit", "check")):
        done = office.run(*words, WP_PW=password)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Checked 2 published pages" in done.stdout
    assert password not in f"{first.stdout}{first.stderr}{held.stdout}{held.stderr}{let.stdout}{let.stderr}"
    assert password.encode() not in (tmp_path / "reprint.db").read_bytes()
    engine.dispose()

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from digest.codec import from_json
from digest.model import Page, Site
from digest.outputs import data
from digest.views import DataView, SchemaView
from tests.outputs.samples import DATA, EDITION, LATE, SITE


def written(view: DataView, site: Site = SITE) -> bytes:
    return data.renderer({}, site)(Page(path=f"{view.stem}.json", format="data", subject=view, fingerprint=""), {})


def test_an_edition_as_data(file_regression):
    file_regression.check(written(DATA), binary=True, fullpath=Path(__file__).with_suffix("") / "2026-11-23.json")


def test_it_is_what_its_records_say():
    edition = from_json(written(DATA), data.EditionData)
    assert edition.sections[0].shown[0].title == EDITION.sections[0].lead.title
    assert edition.made.failed[0].source == "Orontes Daily"
    assert [post.id for post in edition.posts] == ["00000000000000b1", "00000000000000b2"]


def test_what_follows_an_edition_does_not_change_its_data():
    followed = replace(EDITION, newest=False, next=EDITION.prev, stem="index")
    assert written(replace(DATA, edition=followed)) == written(DATA)


def test_without_an_address_all_is_relative_to_the_root():
    edition = from_json(written(DATA, replace(SITE, base_url="")), data.EditionData)
    assert edition.address == "2026/11/23.html"
    assert edition.late[0].address == LATE.url


def test_unknown_times_and_stories_are_empty():
    row = replace(LATE, when=replace(LATE.when, precision="none"), story=None)
    edition = from_json(written(replace(DATA, edition=replace(EDITION, late=(row,)))), data.EditionData)
    assert (edition.late[0].published, edition.late[0].story) == ("", "")


def test_the_schema_that_is_shipped_holds():
    page = Page(path="data/schema.json", format="schema", subject=SchemaView(stem="data/schema"), fingerprint="")
    schema = json.loads(data.schema({}, SITE)(page, {}))
    Draft202012Validator.check_schema(schema)
    told = json.loads(written(DATA))
    Draft202012Validator(schema).validate(told)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(told | {"sections": "none"})

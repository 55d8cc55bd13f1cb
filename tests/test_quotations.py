"""Who said what: quotation marks and verbs of saying in each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.quotations import Quotation, as_read, is_named, quotations, written

TOLD = {
    "said behind": ("en", '"We waited three days at the port," said Mayor Ilse Brandt, 52, of Westkapelle.',
                    [("We waited three days at the port", "Mayor Ilse Brandt")]),
    "name first": ("en", "“The ferries will leave at noon,” Mr. Kuipers told the Gazette on Sunday.",
                   [("The ferries will leave at noon", "Mr. Kuipers")]),
    "told before": ("en", "Jan Kuipers, the harbour master, said: “The ferries leave at noon.”",
                    [("The ferries leave at noon.", "Jan Kuipers")]),
    "saying": ("en", "Petra Holm left the hall, saying “nobody had asked the drivers”.",
               [("nobody had asked the drivers", "Petra Holm")]),
    "according to": ("en", 'According to the ministry, "no vessel left the harbour that night".',
                     [("no vessel left the harbour that night", "the ministry")]),
    "broken off": ("en", '"It is not a drought yet," said Colette Marchand. "It is a market that waits."',
                   [("It is not a drought yet. It is a market that waits.", "Colette Marchand")]),
    "over paragraphs": ("en", 'Petra Holm said: "We will build the road.\n"And then we will build the bridge."',
                        [("We will build the road.", "Petra Holm"), ("And then we will build the bridge.", "Petra Holm")]),
    "a title": ("en", 'The film "The Last Ferry to Nowhere Land" opened on Monday.', []),
    "a word in marks": ("en", 'The mayor said the plan was "a joke".', []),
    "nobody": ("en", '"No vessel left the harbour that night."', []),
    "German": ("de", "„Wir haben drei Tage gewartet“, sagte Bürgermeisterin Ilse Brandt am Montag.",
               [("Wir haben drei Tage gewartet", "Bürgermeisterin Ilse Brandt")]),
    "German, turned": ("de", "Am Abend sagte Petra Holm: »Die Brücke bleibt bis Sonntag gesperrt.«",
                       [("Die Brücke bleibt bis Sonntag gesperrt.", "Petra Holm")]),
    "French": ("fr", "« Nous avons attendu trois jours », a déclaré la maire Anne Morel mardi.",
               [("Nous avons attendu trois jours", "la maire Anne Morel")]),
    "French, turned": ("fr", "« Personne n'a été blessé hier soir », a-t-elle ajouté.",
                       [("Personne n'a été blessé hier soir", "elle")]),
    "French, selon": ("fr", "Selon Paul Vidal, « la route restera fermée ».", [("la route restera fermée", "Paul Vidal")]),
    "Spanish": ("es", "«Hemos esperado tres días», dijo la alcaldesa Ana Ruiz el lunes.",
                [("Hemos esperado tres días", "la alcaldesa Ana Ruiz")]),
    "Arabic": ("ar", "وقال رئيس البلدية سامر حداد: «انتظرنا ثلاثة أيام في الميناء».",
               [("انتظرنا ثلاثة أيام في الميناء", "رئيس البلدية سامر حداد")]),
    "Arabic, behind": ("ar", "«الطريق مغلق حتى يوم الأحد»، قالت المتحدثة ليلى نصر للصحفيين.",
                       [("الطريق مغلق حتى يوم الأحد", "المتحدثة ليلى نصر")]),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "told"), TOLD.values(), ids=TOLD)
def test_a_quotation_has_the_speaker_that_the_text_names(language: str, text: str, told: list[tuple[str, str]]):
    assert [(one.text, one.speaker) for one in quotations(text, language)] == told


@pytest.mark.parametrize(
    ("speaker", "language", "named"),
    [("he", "en", False), ("Ilse Brandt", "en", True), ("a driver", "en", False), ("سامر حداد", "ar", True), ("elle", "fr", False),
     ("The minister", "en", False), ("The United Nations", "en", True), ("سائق", "ar", False), ("أحد السكان", "ar", False), ("ein Sprecher", "de", False),
     ("die Sprecherin Anna Holm", "de", True), ("Bürgermeisterin Ilse Brandt", "de", True), ("La maire Anne Morel", "fr", True),
     ("Le ministre", "fr", False)],
)  # fmt: skip
def test_a_pronoun_is_no_name(speaker: str, language: str, named: bool):
    assert is_named(speaker, language) == named


def test_quotations_are_kept_as_lines():
    told = [Quotation("We waited.", "Ilse Brandt", "said"), Quotation("It holds.", "Petra", "")]
    assert as_read(written(told)) == told
    assert as_read(written([])) == []


@given(st.text(alphabet='aB ."“”«»„,:\nsaid', max_size=300), st.sampled_from(["en", "de", "fr", "ar", "", "xx"]))
def test_whatever_stands_in_a_text_its_quotations_can_be_kept(text: str, language: str):
    told = quotations(text, language)
    assert as_read(written(told)) == told


def test_a_text_made_to_be_slow_is_read_at_once():
    assert quotations('"no such thing at all" said, ' * 600 + "said " * 3000, "en") == []

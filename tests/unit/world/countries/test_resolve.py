"""Which country a text means, and what is said when it means none or several."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.errors import NotFound
from ratingengine.world.countries import AmbiguousCountry, Country, CountryNotResolved, UnknownCountry, all_countries, resolve
from ratingengine.world.countries import table as country_table
from ratingengine.world.countries.folding import fold, fold_words

COMMAND_WORDS = [
    "why",
    "why-not",
    "diff",
    "what-if",
    "robust",
    "sources",
    "history",
    "changes",
    "watchlist",
    "compare",
    "check",
    "prove",
    "test",
    "rules",
    "codebook",
    "import",
    "batch",
    "backtest",
    "certify",
    "verify",
    "export",
    "serve",
    "site",
    "overrides",
    "simulate",
    "sensitivity",
    "summary",
    "map",
    "agreement",
]

USUAL_NAMES = {
    "ARE": "UAE | United Arab Emirates | ОАЭ | Émirats arabes unis | EAU",
    "BHS": "The Bahamas | Bahamas, The | Багамы | bahamas",
    "BIH": "Bosnia & Herzegovina | Bosnia and Herzegovina | Bosnia-Herzegovina | Босния и Герцеговина",
    "BLR": "Belarus | Белоруссия | Беларусь | Biélorussie | Bélarus | Bielorrusia",
    "BOL": "Bolivia | Bolivia (Plurinational State of) | Боливия",
    "BRN": "Brunei | Brunei Darussalam | Бруней",
    "CAF": "CAR | Central African Republic | ЦАР | République centrafricaine",
    "CHN": "China | PRC | People's Republic of China | Китай | КНР | 中国",
    "CIV": "Ivory Coast | Côte d'Ivoire | Côte d’Ivoire | Cote dIvoire | Кот-д’Ивуар | Кот д'Ивуар | Costa de Marfil",
    "COD": "DRC | DR Congo | D.R. Congo | Congo-Kinshasa | Congo, Dem. Rep. | Democratic Republic of Congo | ДР Конго",
    "COG": "Congo-Brazzaville | Republic of the Congo | Republic of Congo | Congo, Rep. | Республика Конго",
    "CPV": "Cape Verde | Cabo Verde | Кабо-Верде | Cap-Vert",
    "CZE": "Czech Republic | Czechia | Чехия | République tchèque | Chequia",
    "DEU": "Germany | Deutschland | Германия | Allemagne | Alemania | ФРГ",
    "EGY": "Egypt | Egypt, Arab Rep. | Египет | مصر",
    "FSM": "Micronesia | Micronesia, Fed. Sts. | Federated States of Micronesia | Микронезия",
    "GBR": "UK | U.K. | Britain | Great Britain | the United Kingdom | Великобритания | Royaume-Uni | Reino Unido",
    "GMB": "The Gambia | Gambia | Gambia, The | Гамбия",
    "HKG": "Hong Kong | Hong Kong SAR, China | China, Hong Kong SAR | Гонконг",
    "IRN": "Iran | Iran (Islamic Republic of) | Iran, Islamic Rep. | Иран",
    "KAZ": "Kazakhstan | KAZ | kz | Казахстан | Қазақстан | Kazajistán | Kazajstán | Republic of Kazakhstan",
    "KGZ": "Kyrgyzstan | Kyrgyz Republic | Киргизия | Кыргызстан | Kirghizistan | Kirguistán",
    "KNA": "St Kitts and Nevis | St. Kitts & Nevis | Saint Kitts and Nevis",
    "KOR": "South Korea | Republic of Korea | Korea, Rep. | Korea (South) | Южная Корея | Corée du Sud",
    "LAO": "Laos | Lao PDR | Lao People's Democratic Republic | Лаос",
    "MDA": "Moldova | Republic of Moldova | Молдова | Молдавия | Moldavie",
    "MKD": "Macedonia | North Macedonia | FYROM | Северная Македония | Macédoine du Nord",
    "MMR": "Burma | Myanmar | Burma/Myanmar | Myanmar (Burma) | Мьянма | Birmanie | Birmania",
    "NLD": "Netherlands | The Netherlands | Holland | Нидерланды | Голландия | Pays-Bas | Países Bajos",
    "PRK": "North Korea | DPRK | Korea, Dem. People's Rep. | КНДР | Corea del Norte",
    "PSE": "Palestine | State of Palestine | Occupied Palestinian Territories | West Bank and Gaza | Палестина",
    "PSG": "Gaza | Gaza Strip | Palestine/Gaza | Сектор Газа",
    "RUS": "Russia | Russian Federation | Россия | РФ | Russie | Rusia",
    "SWZ": "Swaziland | Eswatini | eSwatini | Свазиленд",
    "SYR": "Syria | Syrian Arab Republic | Сирия",
    "TLS": "East Timor | Timor-Leste | Timor Leste | Восточный Тимор",
    "TTO": "Trinidad and Tobago | Trinidad & Tobago | Тринидад и Тобаго",
    "TUR": "Turkey | Türkiye | Turkiye | TÜRKİYE | Турция | Turquie",
    "TWN": "Taiwan | Taiwan, Province of China | Republic of China | Тайвань | 台灣",
    "TZA": "Tanzania | United Republic of Tanzania | Tanzania, United Republic of | Танзания",
    "USA": "US | U.S. | USA | United States | United States of America | США | Estados Unidos | EE. UU. | États-Unis",
    "VAT": "Vatican | Holy See | Vatican City | Ватикан | Saint-Siège",
    "VEN": "Venezuela | Venezuela, RB | Venezuela (Bolivarian Republic of) | Венесуэла",
    "VNM": "Vietnam | Viet Nam | Viêt Nam | Việt Nam | Вьетнам",
    "XKX": "Kosovo | XK | XKX | Косово | Kosova",
    "XNK": "Nagorno-Karabakh | Haut-Karabakh | Нагорный Карабах | Artsakh",
    "XSL": "Somaliland | SML | Сомалиленд",
    "ZAF": "South Africa | ЮАР | Afrique du Sud | Sudáfrica",
    "ZZB": "Zanzibar | Занзибар",
}


@pytest.mark.parametrize(("iso3", "name"), [(iso3, n) for iso3, names in USUAL_NAMES.items() for n in names.split(" | ")])
def test_a_usual_name_means_its_country(iso3: str, name: str) -> None:
    assert resolve(name).iso3 == iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("dominica", "DMA"),
        ("guinea", "GIN"),
        ("ireland", "IRL"),
        ("mali", "MLI"),
        ("niger", "NER"),
        ("samoa", "WSM"),
        ("somalia", "SOM"),
        ("sudan", "SDN"),
    ],
)
def test_a_whole_name_wins_although_longer_names_contain_it(name: str, iso3: str) -> None:
    assert resolve(name).iso3 == iso3


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("congo", ["COD", "COG"]),
        ("The Congo", ["COD", "COG"]),
        ("Конго", ["COD", "COG"]),
        ("korea", ["KOR", "PRK"]),
        ("Corée", ["KOR", "PRK"]),
        ("Корея", ["KOR", "PRK"]),
        ("saint-martin", ["MAF", "SXM"]),
        ("Virgin Islands", ["VGB", "VIR"]),
    ],
)
def test_a_name_that_several_countries_share_is_left_to_the_user(name: str, codes: list[str]) -> None:
    with pytest.raises(AmbiguousCountry) as caught:
        resolve(name)
    assert [c.iso3 for c in caught.value.choices] == codes


def test_the_message_lists_the_choices_with_their_codes() -> None:
    with pytest.raises(AmbiguousCountry) as caught:
        resolve("korea")
    assert caught.value.message == (
        "'korea' may mean any of these; write the code or the full name:\n   KOR  South Korea\n   PRK  North Korea"
    )


@pytest.mark.parametrize("typed", ["kazakstan", "kazahstan", "Казахстн", "Republic of Kazakstan", "kazakhstn 2022"])
def test_a_typing_error_is_answered_with_the_near_country(typed: str) -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve(typed)
    assert caught.value.near[0].iso3 == "KAZ"


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("emirates united", ["ARE"]),
        ("koria", ["KOR", "PRK"]),
        ("Kingdom of Espana", ["ESP"]),
        ("Northern Ire", ["XNI"]),
        ("Bank Gaza", ["PSE"]),
        ("dominican", ["DOM", "DMA"]),
    ],
)
def test_a_part_of_a_name_is_no_name_but_a_hint(typed: str, near: list[str]) -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve(typed)
    assert [c.iso3 for c in caught.value.near] == near


def test_the_message_repeats_what_was_typed_and_says_what_was_near() -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve("kazahstan")
    assert caught.value.message == "no country has the name or code 'kazahstan'; did you mean Kazakhstan (KAZ)?"
    assert str(caught.value) == caught.value.message
    assert caught.value.text == "kazahstan"


def test_the_message_names_several_near_countries() -> None:
    with pytest.raises(UnknownCountry, match=r"did you mean Dominican Republic \(DOM\) or Dominica \(DMA\)\?$"):
        resolve("dominican")


def test_without_a_near_country_the_message_says_what_to_write() -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve("qwxzqwxz")
    assert caught.value.near == ()
    assert caught.value.message == "no country has the name or code 'qwxzqwxz'; write its usual name or its ISO code"


@pytest.mark.parametrize("typed", ["", "   ", "\t\n", "the", "&", "—", "\x00\x1b[31m", "\ud800", "ß", "398", "k-z"])
def test_a_text_that_is_no_name_has_no_near_country(typed: str) -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve(typed)
    assert caught.value.near == ()


def test_a_very_long_text_is_answered_briefly() -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve("kazakhstan " * 100_000)
    assert len(caught.value.message) < 200


def test_control_characters_do_not_reach_the_terminal() -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve("\x1b[31mkazahstan\u202e\n")
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("typed", ["yugoslavia", "ussr", "czechoslovakia", "serbia and montenegro", "england"])
def test_a_former_state_or_a_part_of_a_country_is_not_taken_for_a_country(typed: str) -> None:
    with pytest.raises(UnknownCountry):
        resolve(typed)


@pytest.mark.parametrize("word", COMMAND_WORDS)
def test_no_command_word_is_a_country(word: str) -> None:
    with pytest.raises(UnknownCountry):
        resolve(word)


def test_a_country_not_resolved_is_reported_like_anything_that_is_not_found() -> None:
    assert issubclass(CountryNotResolved, NotFound)


def test_short_i_is_a_letter_of_its_own_and_yo_is_written_with_ye() -> None:
    assert fold("Китай") == "китай"
    assert fold("Соединённые Штаты") == fold("Соединенные Штаты")
    with pytest.raises(UnknownCountry):
        resolve("Китаи")


def test_folding_keeps_words_apart_where_asked() -> None:
    assert fold_words(["The Gambia", "Côte d’Ivoire", "a_b  &\tc"]) == ["gambia", "cote d ivoire", "a b and c"]
    assert fold("Føroyar") == "foroyar"


def named_countries() -> st.SearchStrategy[tuple[str, Country]]:
    named = [(name, c) for c in all_countries() for name in (*c.names.values(), *c.aliases, c.iso3, c.iso2 or c.iso3)]
    return st.sampled_from(named)


@given(named_countries(), st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase, str.casefold]))
def test_any_name_in_any_case_means_its_country(named: tuple[str, Country], recase: type[str]) -> None:
    name, country = named
    assert resolve(recase(name)) == country


@given(named_countries(), st.text(" \t\n\u00a0\u2009", max_size=3), st.text(" \t\n\u00a0\u2009", max_size=3))
def test_spaces_around_a_name_do_not_matter(named: tuple[str, Country], before: str, after: str) -> None:
    name, country = named
    assert resolve(before + name + after) == country


def refusal_of(text: str) -> CountryNotResolved | None:
    try:
        assert resolve(text) in all_countries()
    except CountryNotResolved as refusal:
        return refusal
    return None


@given(st.text())
def test_any_text_means_a_country_or_is_refused_with_a_message(text: str) -> None:
    refusal = refusal_of(text)
    assert refusal is None or (refusal.text == text and refusal.message)


@given(named_countries(), st.integers(0, 60), st.characters())
def test_a_name_with_one_wrong_letter_never_breaks_the_search(named: tuple[str, Country], place: int, letter: str) -> None:
    name, _ = named
    refusal = refusal_of(name[:place] + letter + name[place + 1 :])
    assert refusal is None or len(refusal.message) < 400


def test_finding_a_country_by_its_name_loads_little_more_than_the_table() -> None:
    # Each of these is felt at every start of the command; the time itself depends on the machine, so it is not asserted.
    code = (
        "import sys; before = set(sys.modules)\n"
        "from ratingengine.world.countries import resolve\n"
        "assert resolve('kazakhstan').iso3 == resolve('KAZ').iso3 == 'KAZ'\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"difflib", "importlib.resources", "json", "yaml", "typer", "rich", "babel", "polars", "durable"}
    assert heavy.isdisjoint(done.stdout.split())


def test_the_table_is_read_once() -> None:
    assert country_table.all_countries() is country_table.all_countries()
    assert resolve("kazakhstan") is resolve("Казахстан")

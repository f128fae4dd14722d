"""F1xx: what a file must be before anything in it can be understood."""

from __future__ import annotations

from ratingengine.errors.codes.code import Code

FILES = (
    Code(
        "F101",
        "The file or folder cannot be read",
        "Evidence in a file that does not open would be left out without a word, and the rating would be too good.",
        "indicators/KAZ/2022.yaml -> a link whose target was moved",
        "indicators/KAZ/2022.yaml   (a plain file that may be read)",
    ),
    Code(
        "F102",
        "The file is too large",
        "A file of evidence is written and reviewed by people: above 8 MiB or 200,000 values it is something else, and so is a "
        "table with a line of a million characters or 16,384 columns. Reading it would stop the rest, and fill the memory.",
        "indicators/KAZ/2022.yaml   52,428,800 bytes",
        "indicators/KAZ/2022.yaml\nindicators/KAZ/2022-b.yaml",
    ),
    Code(
        "F103",
        "The file is not UTF-8",
        "In another encoding names of people and places turn into other letters. "
        "A quotation could no longer be found in its source.",
        "note: Caf\\xe9   (Latin-1)",
        "note: Café",
    ),
    Code(
        "F104",
        "The file is not valid YAML",
        "Brackets, quotes or indentation do not close, so what belongs to what is a guess. A guess about evidence is not made.",
        "value: [1, 2",
        "value: [1, 2]",
    ),
    Code(
        "F105",
        "The file is empty",
        "A file without content is nearly always one that was not saved, or was cut off. "
        "Read as no evidence it would improve a rating.",
        "# to be coded",
        "schema: ratingengine/record/1\ncountry: KAZ",
    ),
    Code(
        "F106",
        "Anchors and aliases are not read",
        "With an alias, one edit changes several observations or rules at once, and a reviewer sees only one of them.",
        "from: &day 2022-01-02\nto: *day",
        "from: 2022-01-02\nto: 2022-01-02",
    ),
    Code(
        "F107",
        "Tags are not read",
        "A tag changes the type of a value, and in other readers it runs code. Here the schema alone says what type a value has.",
        "value: !!int 7",
        "value: 7",
    ),
    Code(
        "F108",
        "A second document in the file",
        "Most readers stop after the first document, so evidence in the second is seen by some programs and not by others.",
        "country: KAZ\n---\ncountry: UZB",
        "one file for KAZ, one for UZB",
    ),
    Code(
        "F109",
        "Nested too deeply",
        "Nobody can read a condition of more than 32 levels, so nobody can say whether it is right.",
        "all: [any: [all: [any: [all: …]]]]",
        "a finding for the inner part, read by the outer rule",
    ),
    Code(
        "F110",
        "A list, a mapping or a text stands where another is expected",
        "The place says what was meant, the content says something else. One of the two is wrong.",
        "sources: hrw-2019",
        "sources:\n  - source: hrw-2019\n    locator: para 4",
    ),
    Code(
        "F111",
        "Unknown key",
        "A misspelt key would be passed over in silence, and with it a bound, a date or a condition on which the rating rests.",
        "at_leats: 7",
        "at_least: 7",
    ),
    Code(
        "F112",
        "The same key twice",
        "Most readers keep the last of the two and forget the first. Which of them carries the evidence only the author knows.",
        "value: 7\nvalue: 9",
        "value: 9",
    ),
    Code(
        "F113",
        "Key out of order",
        "In a fixed order every entry looks alike, "
        "so that a reviewer sees what is missing and a comparison shows only real changes.",
        "to: 2022-01-15\nfrom: 2022-01-02",
        "from: 2022-01-02\nto: 2022-01-15",
    ),
    Code(
        "F114",
        "A required key is missing",
        "Without its period, its report or its source an observation cannot be counted, dated or checked.",
        "- id: KAZ-2022-001\n  value: 7",
        "- id: KAZ-2022-001\n  indicator: assembly.protesters_killed\n  value: 7",
    ),
    Code(
        "F115",
        "Not a date",
        "Dates decide which year an observation counts in. "
        "Only YYYY-MM-DD reads the same everywhere, and only days of the calendar exist.",
        "from: 05/01/2022",
        "from: 2022-01-05",
    ),
    Code(
        "F116",
        "Not a number of the kind expected",
        "Numbers are kept exactly. Exponents, NaN and infinity have no exact value and would make every comparison meaningless.",
        "decimals: 1e400",
        "decimals: 3",
    ),
    Code(
        "F117",
        "Not one of the words allowed",
        "Each word has a defined effect on how evidence counts. A near miss must not be taken for the next best one.",
        "confidence: hihg",
        "confidence: high",
    ),
    Code(
        "F118",
        "The text has another form",
        "Ids, codes and titles are looked up and printed. One that is empty, too long or of another form refers to nothing.",
        "country: NO",
        "country: NOR",
    ),
    Code(
        "F119",
        "Another schema",
        "The first line says what a file is. A file of another kind or version in this place would be misread.",
        "schema: ratingengine/rules/1   (in a record file)",
        "schema: ratingengine/record/1",
    ),
    Code(
        "F120",
        "Keys that exclude or need each other",
        "A value and a lower bound at once, or an approximation without its margin, leave open what the source is said to state.",
        "value: 7\nat_least: 5",
        "at_least: 5",
    ),
    Code(
        "F121",
        "A list of the wrong length",
        "An empty list of sources is evidence without a source; a range of one number has no other end.",
        "sources: []",
        "sources:\n  - source: hrw-2019\n    locator: para 4",
    ),
    Code(
        "F122",
        "The file is not valid JSON",
        "A certificate is JSON without any leniency: NaN, comments and letters cut in half have no single meaning, "
        "so two programs could read two certificates in one file.",
        '{"rating": NaN}',
        '{"rating": null}',
    ),
)

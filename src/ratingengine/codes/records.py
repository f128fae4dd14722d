"""I3xx: what must hold for the codebook, the evidence and its sources."""

from __future__ import annotations

from ratingengine.codes.code import Code

RECORDS = (
    Code(
        "I301",
        "Two records with one id",
        "An answer names its evidence by id. With two of a name the reader would be led to the wrong sentence.",
        "- id: KAZ-2022-001\n- id: KAZ-2022-001",
        "- id: KAZ-2022-001\n- id: KAZ-2022-002",
    ),
    Code(
        "I302",
        "An indicator that is not in the codebook or not coded by hand",
        "No rule reads it, so the observation would lie there without effect. A rate per million is computed from the count.",
        "indicator: assembly.protestors_killed",
        "indicator: assembly.protesters_killed",
    ),
    Code(
        "I303",
        "A value outside the terms of its indicator",
        "A count below zero or a word that the codebook lacks has no place in the comparison with a threshold.",
        "value: -3",
        "value: 3",
    ),
    Code(
        "I304",
        "Dates or paragraphs in reverse",
        "A period that ends before it begins covers no day, so the observation would count in no year.",
        "from: 2022-01-15\nto: 2022-01-02",
        "from: 2022-01-02\nto: 2022-01-15",
    ),
    Code(
        "I305",
        "A source that the bibliography does not have",
        "Evidence that cannot be followed to its source is hearsay.",
        "- source: hrw-2109\n  locator: para 4",
        "- source: hrw-2019\n  locator: para 4",
    ),
    Code(
        "I306",
        "A citation without a locator",
        "Whoever contests a rating must find the sentence, not the document.",
        "- source: hrw-2019",
        "- source: hrw-2019\n  locator: para 4",
    ),
    Code(
        "I307",
        "The locator lies outside its source",
        "The paragraph cited does not exist, or belongs to another item of the same file. "
        "The evidence may well be real, its place is not.",
        "locator: para 99   (the source has 11 paragraphs)",
        "locator: para 9",
    ),
    Code(
        "I308",
        "The note copies its source",
        "Facts are free, sentences are not. A note in own words also shows what the coder understood.",
        "note: eight or more words running as they stand in the document",
        "note: The same fact, told anew.",
    ),
    Code(
        "I309",
        "Two indicators with one id",
        "Observations under that id would answer one of two questions, and nobody knows which.",
        "- id: assembly.bans\n- id: assembly.bans",
        "- id: assembly.bans\n- id: assembly.refusals",
    ),
    Code(
        "I310",
        "Keys of an indicator that do not go together",
        "Type, time and aggregation say how observations become one value. A contradiction would give a value without meaning.",
        "type: yes_no\naggregation: sum",
        "type: yes_no\naggregation: any",
    ),
    Code(
        "I311",
        "The range of an index has too many digits",
        "Numbers are compared exactly as integers of at most 15 digits. Beyond that, near values could not be told apart.",
        "range: [0, 9000000000]\ndecimals: 9",
        "range: [0, 9000000000]\ndecimals: 0",
    ),
    Code(
        "I312",
        "Reported before it began",
        "One of the dates is wrong, and the year in which the observation counts hangs on them.",
        "from: 2022-01-05\nreported: 2021-01-06",
        "from: 2022-01-05\nreported: 2022-01-06",
    ),
    Code(
        "I313",
        "No such country",
        "The file would be filed under a code that nobody asks for.",
        "country: KAS",
        "country: KAZ",
    ),
    Code(
        "I314",
        "The file lies in another country's folder",
        "Evidence is found by folder. Here it would be left out of the one country and rejected for the other. "
        "A folder's name is the code in capitals.",
        "indicators/UZB/2022.yaml or indicators/kaz/2022.yaml with country: KAZ",
        "indicators/KAZ/2022.yaml with country: KAZ",
    ),
    Code(
        "I315",
        "A search found none of what another record reports",
        "Both cannot be true of the same days. The search would set a limit that is already passed.",
        "the search of 2022 for assembly.protesters_killed, beside an observation of 7 in January",
        "a search that ends before January, or that does not name the indicator",
    ),
    Code(
        "I316",
        "Two sources with one id",
        "A citation would lead to one of two documents.",
        "- id: hrw-2019\n- id: hrw-2019",
        "- id: hrw-2019-a\n- id: hrw-2019-b",
    ),
    Code(
        "I317",
        "The bounds stand in reverse",
        "Between 9 and 7 there is no number, so the observation would say nothing or contradict itself.",
        "between: [9, 7]",
        "between: [7, 9]",
    ),
    Code(
        "I318",
        "An event that began by a date",
        "Events count by their first day. Begun no later than a day leaves open in which year it counts.",
        "from: by 2022-01-05   (of an event)",
        "from: 2022-01-01\nto: 2022-01-05",
    ),
    Code(
        "I319",
        "No such facet",
        "A search says which freedom its source looked at. Under a misspelt name it would count for none.",
        "facet: expresion",
        "facet: expression",
    ),
    Code(
        "I320",
        "Two overrides of one country govern the same day",
        "Two judgements of one day cannot both be published, and nothing says which of them stands.",
        "until: 2022-12-31\n(of the next one) from: 2022-12-01",
        "until: 2022-11-30\n(of the next one) from: 2022-12-01",
    ),
    Code(
        "I321",
        "An override gives a rating that the scale does not have",
        "It takes the place of a rating of this rule set, so it must be one of its words.",
        "rating: represed",
        "rating: repressed",
    ),
    Code(
        "I322",
        "An override outlasts its judgement",
        "A judgement is about the evidence of its time. After 24 months it would set ratings that nobody has looked at.",
        "when: 2022-02-01\nfrom: 2022-01-01\nuntil: 2030-12-31",
        "when: 2022-02-01\nfrom: 2022-01-01\nuntil: 2023-12-31",
    ),
    Code(
        "I330",
        "A row of a table has more or fewer cells than its heading",
        "Which cell belongs to which column is then a guess, and a rating could be read as a year. "
        "A quotation mark that is not closed swallows the rows after it.",
        "iso3,year,rating\nKAZ,2022",
        "iso3,year,rating\nKAZ,2022,repressed",
    ),
    Code(
        "I331",
        "A country-year stands twice in a table",
        "It would be counted twice, or one of two ratings would win without a reason.",
        "KAZ,2022,repressed\nKAZ,2022,obstructed",
        "KAZ,2022,repressed\nKAZ,2023,repressed",
    ),
)

"""L5xx: what is allowed but likely a mistake. Nothing of it stops a rating."""

from __future__ import annotations

from ratingengine.errors.codes.code import Code

LINT = (
    Code(
        "L501",
        "A rule in the shadow of another",
        "Whenever the rule holds, another one holds that concludes at least as much, so no evidence gives another outcome "
        "with it than "
        "without. Its threshold looks like part of the method, and changing it changes nothing.",
        "A: at_least: 3  → expression at most repressed\nB: at_least: 10 → expression at most obstructed",
        "A: at_least: 10 → expression at most repressed\nB: at_least: 3  → expression at most obstructed",
        "warning",
    ),
    Code(
        "L502",
        "A rule in the shadow of several others",
        "Whenever the rule holds, one or another of those named holds and concludes at least as much. No single one of them "
        "makes the "
        "rule idle, so a reader will not see it.",
        "A: level association at most closed → rating repressed\nB: level expression at most closed → rating repressed\n"
        "C: n_of: 1 of both → rating obstructed",
        "A and B, without C",
        "warning",
    ),
    Code(
        "L503",
        "Two rules alike but for one threshold",
        "What differs between them is easily overlooked, and whoever corrects one forgets the other. Two rules that read one "
        "indicator "
        "alone are not told, nor are steps of a ladder, where graver evidence gives a graver ceiling.",
        "A: permit is ban and banners_taken at_least 3 → finding x.hunt\n"
        "B: permit is ban and banners_taken at_least 4 → finding x.chase",
        "A: permit is ban and banners_taken at_least 3 → finding x.hunt\n(and rules that read x.hunt)",
        "note",
    ),
    Code(
        "L504",
        "A threshold that no record crosses",
        "On these records the rule cannot be told from one with another threshold, so nothing observed supports the number. "
        "That is no "
        "fault where the records are few or the harm is rare; the rationale has to carry it alone.",
        "{indicator: assembly.protesters_killed, at_least: 2000}   (the most on record: 3)",
        "records of a country-year with more, or a threshold that the records try",
        "note",
    ),
    Code(
        "L505",
        "An indicator that no rule reads",
        "Coding it costs work and changes no rating, and it does not count towards coverage.",
        "- id: assembly.tents_counted   (read nowhere)",
        "a rule with\nwhen: {indicator: assembly.tents_counted, at_least: 10}",
        "warning",
    ),
    Code(
        "L506",
        "A finding or measure that no rule in force reads",
        "The rules that read it have ended, or there never was one, so what it recognises has no effect on any level or rating.",
        "then: {measure: expression.silence, facet: expression}   (its only reader has ended)",
        "another rule with\nwhen: {measure: expression.silence, at_least: 2}",
        "warning",
    ),
    Code(
        "L507",
        "A standard that no source entry has",
        "The standard tells a coder what the question is measured against. Without an entry nobody can look it up.",
        "standard: [ICPR art. 21]",
        "standard: [ICCPR art. 21]   (and sources.yaml has the id ICCPR)",
        "warning",
    ),
    Code(
        "L508",
        "A source that nothing cites",
        "A bibliography should say what the rules or records rest on. An entry that is only listed lends them weight that it "
        "does not bear.",
        "references:\n  - id: hrw-2019-activists   (cited nowhere)",
        "sources:\n  - source: hrw-2019-activists\n    locator: para 4",
        "warning",
    ),
    Code(
        "L509",
        "A rule without a case",
        "The other rules of the set are tried by cases, so this one alone can be changed without anybody noticing.",
        "- id: ASM-010   (no case of ASM-010)",
        "- rule: ASM-010\n  name: ten detained\n  given: {assembly.protesters_detained: 10}\n  expect: fires",
        "warning",
    ),
    Code(
        "L510",
        "Two records that may count one thing twice",
        "Both state the same number of the same days, and numbers of different events are added. If two sources tell of one "
        "event, the sum "
        "is twice what happened.",
        "- {id: X-1, value: 7, from: 2022-01-05, to: 2022-01-05}\n- {id: X-2, value: 7, from: 2022-01-05, to: 2022-01-05}",
        "- {id: X-1, value: 7, …, event: almaty-january}\n- {id: X-2, value: 7, …, event: almaty-january}",
        "warning",
    ),
    Code(
        "L511",
        "Counts of different sources that overlap",
        "What has no event in common is added. Two sources that count the same weeks may count the same people: then the sum is "
        "more than what happened.",
        "- {id: X-1, value: 31, from: 2022-01-02, to: 2022-01-20}\n- {id: X-2, value: 40, from: 2022-01-05, to: 2022-01-31}",
        "- {id: X-1, value: 31, …, event: january}\n- {id: X-2, value: 40, …, event: january}",
        "warning",
    ),
    Code(
        "L512",
        "An event that reaches over New Year",
        "How much of it fell into which year is not known, so neither year is sure of any of it.",
        "- {id: X-1, value: 49, from: 2021-12-01, to: 2022-02-28}",
        "- {id: X-1, value: 20, from: 2021-12-01, to: 2021-12-31}\n- {id: X-2, value: 29, from: 2022-01-01, to: 2022-02-28}",
        "note",
    ),
    Code(
        "L513",
        "A threshold of a measure or level that every value reaches, or none",
        "What a measure can come to follows from its inputs, their rescaling and weights; a level is never worse than the worst "
        "that a rule in force sets. A condition beyond that never matters, however grave the evidence; one that every value meets"
        " tells nothing apart. Of indicators R220 says so.",
        "measure: {of: count, inputs: [A, B], …}\nwhen: {measure: expression.silence, at_least: 3}",
        "measure: {of: count, inputs: [A, B], …}\nwhen: {measure: expression.silence, at_least: 2}",
        "warning",
    ),
)

"""C4xx: what engines can take. Beyond its bounds durable-rules crashes, hangs or answers wrongly, so nothing is run."""

from __future__ import annotations

from ratingengine.errors.codes.code import Code

ENGINES = (
    Code(
        "C401",
        "Too many conditions at once",
        "From the 17th condition joined by `all` on durable-rules fails, "
        "and only when a fact arrives, in the middle of a rating.",
        "all: [17 conditions]",
        "all: [{finding: y.first_part}, {finding: y.second_part}]",
    ),
    Code(
        "C402",
        "One condition in too many alternatives",
        "With the 256th alternative on one condition durable-rules crashes as soon as a fact meets it, "
        "and no answer is given at all.",
        "256 alternatives that each need the same condition",
        "one finding for the condition and what goes with it most often",
    ),
    Code(
        "C403",
        "Too many distinct conditions",
        "With 512 conditions on facts of their own, one of which starts a run, durable-rules never ends the first run, "
        "and with more it never finishes loading the rules.",
        "511 thresholds over all rules of a profile",
        "fewer thresholds, or --engine reference",
    ),
    Code(
        "C404",
        "Too many thresholds on one subject",
        "A fact that meets 65 conditions at once is refused by durable-rules, "
        "so the gravest evidence would be the one that fails.",
        "65 rules with 65 thresholds on one indicator",
        "the thresholds at which something changes",
    ),
    Code(
        "C405",
        "A threshold that is not exact",
        "Up to 2^53 a whole number is exact however it is held; from 2^63 on durable-rules takes all numbers for equal. "
        "I311 keeps ranges below this, so only a program built by hand can break it.",
        "a threshold of 9007199254740993",
        "a larger unit",
    ),
    Code(
        "C406",
        "Two texts that durable-rules cannot tell apart",
        "It keeps 32-bit hashes and never compares the text, so one fact would be taken for another. "
        "The ids of facts are short numbers, for which this has not been seen; it is checked all the same.",
        "ids 'costarring' and 'liquid'",
        "ids '1' and '2'",
    ),
    Code(
        "C407",
        "Too many alternatives",
        "durable-rules has room for 4,096 rules, one of which starts a run. Each alternative takes one.",
        "64 rules of 64 alternatives each",
        "findings that hold the parts",
    ),
    Code(
        "C408",
        "A measure finer than columns hold",
        "Columns hold whole numbers of 64 bits, in which a measure is compared without rounding. "
        "Beyond them a backend would wrap round or go on in floats, and one row in many would be rated wrongly.",
        "decimals: 9 with weights 0.333333333, 0.142857143 and ranges of many digits",
        "decimals: 1 with weights 1, 2 and 5",
    ),
)

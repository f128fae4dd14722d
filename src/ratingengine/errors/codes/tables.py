"""B5xx: what a table of country-years must be before any row of it is rated."""

from __future__ import annotations

from ratingengine.errors.codes.code import Code

TABLES = (
    Code(
        "B501",
        "A column or row that is about no indicator",
        "Left out without a word, its evidence would be missing from every rating of the table. A misspelt name does just that.",
        "iso3,year,assembly.people_imprisonned",
        "iso3,year,assembly.people_imprisoned",
    ),
    Code(
        "B502",
        "A row without a country, a year or a period",
        "A value that belongs to no country-year would count for none, or for the wrong one.",
        "iso3,year,assembly.people_imprisoned\nKAZ,,7",
        "iso3,year,assembly.people_imprisoned\nKAZ,2022,7",
    ),
    Code(
        "B503",
        "A cell that is no value of its indicator",
        "A word that is not in the codebook, or a number beyond its range or with more digits than it keeps, has no place on the "
        "scale of harm. It is not rounded or cut, since thresholds lie at single steps.",
        "iso3,year,assembly.people_imprisoned\nKAZ,2022,7.5",
        "iso3,year,assembly.people_imprisoned\nKAZ,2022,7",
    ),
    Code(
        "B504",
        "Two cells of a row that exclude each other",
        "A lower end above the upper one, or a value where there is said to be none, is an error in one of the two. "
        "Which of them is a guess.",
        "iso3,year,assembly.people_imprisoned__low,assembly.people_imprisoned__high\nKAZ,2022,9,7",
        "iso3,year,assembly.people_imprisoned__low,assembly.people_imprisoned__high\nKAZ,2022,7,9",
    ),
    Code(
        "B505",
        "A country-year or an observation in more than one row",
        "Each row of a wide table would be rated by itself, so that neither has all the evidence, and the year after would "
        "follow both. Observations of one source, country, year, indicator and event would be added up, of one table or several.",
        "iso3,year,assembly.people_imprisoned\nKAZ,2022,7\nKAZ,2022,9",
        "iso3,year,assembly.people_imprisoned\nKAZ,2022,9",
    ),
    Code(
        "B506",
        "The file is no table",
        "A file that is cut off, or of another kind, would give ratings of a part of the world only.",
        "country_years.xlsx",
        "country_years.csv",
    ),
    Code(
        "B507",
        "The state is of another computation",
        "Draws of one table, method, codebook or seed added to those of another give probabilities of nothing. The rules of "
        "another day are another method, and so is another version of the software.",
        "rate simulate a.csv --state one.json; rate simulate b.csv --state one.json",
        "rate simulate a.csv --state one.json; rate simulate b.csv --state other.json",
    ),
)

"""R2xx: what must hold among the rules of a set, its scale and the codebook."""

from __future__ import annotations

from ratingengine.errors.codes.code import Code

RULES = (
    Code(
        "R201",
        "Two rules with one id",
        "A trace names rules by id. With two of a name nobody could tell which one decided.",
        "- id: ASM-010\n- id: ASM-010",
        "- id: ASM-010\n- id: ASM-011",
    ),
    Code(
        "R202",
        "A finding that no rule gives",
        "A condition on it can never hold, so the harm that the rule describes would never count.",
        "when: {finding: assembly.lethal_forse}",
        "when: {finding: assembly.lethal_force}",
    ),
    Code(
        "R203",
        "A finding that no rule reads",
        "Evidence would be recognised and then have no effect on any level or rating, which cannot be what was meant.",
        "then: {finding: assembly.banners_taken, facet: peaceful_assembly}   (read nowhere)",
        "another rule with\nwhen: {finding: assembly.banners_taken}",
    ),
    Code(
        "R204",
        "Rules that rest on each other in a circle",
        "Each would be true only because the other is. An explanation has to end at evidence.",
        "A: when {finding: y.b}, then {finding: y.a}\nB: when {finding: y.a}, then {finding: y.b}",
        "A: when {indicator: …}, then {finding: y.a}\nB: when {finding: y.a}, then {finding: y.b}",
    ),
    Code(
        "R205",
        "The condition points in the wrong direction",
        "A ceiling that holds because things are better would make a country's rating fall when its record improves. "
        "For a gate it is the reverse.",
        "when: {indicator: assembly.protesters_killed, at_most: 3}",
        "when: {indicator: assembly.protesters_killed, at_least: 3}",
    ),
    Code(
        "R206",
        "No citation, or a citation of an unknown source",
        "A threshold without a legal basis or a source is an opinion. Whoever contests a rating must be able to look it up.",
        "legal_basis: [ICCRP art. 21]",
        "legal_basis: [ICCPR art. 21]",
    ),
    Code(
        "R207",
        "The rule ends before it begins",
        "Such a rule is in force on no day, so a year rated by the method of that time would lack it.",
        "since: 2026-11-22\nuntil: 2026-01-01",
        "since: 2026-01-01\nuntil: 2026-11-22",
    ),
    Code(
        "R208",
        "An indicator that the codebook does not have",
        "Nothing is ever coded under that name, so the condition would stay open or false whatever happened.",
        "when: {indicator: assembly.protestors_killed, at_least: 1}",
        "when: {indicator: assembly.protesters_killed, at_least: 1}",
    ),
    Code(
        "R209",
        "A measure that no rule computes",
        "The condition compares with a number that does not exist, or not on every day on which the rule is in force.",
        "when: {measure: expression.presure, at_least: 2}",
        "when: {measure: expression.pressure, at_least: 2}",
    ),
    Code(
        "R210",
        "A threshold outside the terms of what it is compared with",
        "A share of 1.5 or an unknown word is never reached, so the rule would be dead without looking so.",
        "when: {indicator: assembly.lethal_force, is: often}",
        "when: {indicator: assembly.lethal_force, is: yes}",
    ),
    Code(
        "R211",
        "The values named do not reach one end of the scale",
        "A rule that holds for a middle value and not for a worse one would reward getting worse.",
        "when: {indicator: assembly.excessive_force, is: repeated}",
        "when: {indicator: assembly.excessive_force, at_least: repeated}",
    ),
    Code(
        "R212",
        "A profile, facet or rating that the scale does not have",
        "The conclusion would set a ceiling on something that is never asked for.",
        "then: {rating_at_most: represed}",
        "then: {rating_at_most: repressed}",
    ),
    Code(
        "R213",
        "One finding in two facets",
        "The same harm would appear under two freedoms, depending on which rule found it.",
        "then: {finding: assembly.ban, facet: expression}   (elsewhere: peaceful_assembly)",
        "then: {finding: assembly.ban, facet: peaceful_assembly}",
    ),
    Code(
        "R214",
        "More conditions asked for than there are",
        "Three of two can never hold, so the rule would never count.",
        "n_of: 3\nof: [{finding: y.a}, {finding: y.b}]",
        "n_of: 2\nof: [{finding: y.a}, {finding: y.b}]",
    ),
    Code(
        "R215",
        "Kind and content of a rule do not go together",
        "A rule called a level that sets a rating would be listed, and argued about, as something it is not.",
        "kind: level\nthen: {rating_at_most: closed}",
        "kind: rating\nthen: {rating_at_most: closed}",
    ),
    Code(
        "R216",
        "The scale contradicts itself",
        "A word that stands twice has two ranks; a required group that names nothing known would withhold every rating.",
        "profiles: [coded, coded]",
        "profiles: [coded]",
    ),
    Code(
        "R217",
        "A measure that has no meaning",
        "Its inputs must all grow as things get worse; otherwise a good value in one would hide a bad one in another.",
        "needs: 3   (with two inputs)",
        "needs: 2",
    ),
    Code(
        "R218",
        "A gate reads a finding or a level",
        "Findings and levels establish harm. What opens the way up has to be read from what improved.",
        "kind: upgrade_gate\nwhen: {finding: protection.releases}",
        "kind: upgrade_gate\nwhen: {indicator: protection.prisoners_released, at_least: 10}",
    ),
    Code(
        "R219",
        "The condition has too many alternatives",
        "Beyond 64 ways to hold, neither the rule nor its trace can be read. Findings say the same in steps.",
        "all: [{any: [a, b, c, d, e, f, g, h, i]}, {any: [k, l, m, n, o, p, q, r]}]",
        "all: [{finding: y.first}, {finding: y.second}]",
    ),
    Code(
        "R220",
        "The condition holds for every value, or for none",
        "A condition that every value meets holds without any evidence; one that no value meets never matters. Either way the "
        "threshold is a slip, and a rule that fires on silence would be blind to what is known.",
        "when: {indicator: assembly.protesters_killed, at_least: 0}",
        "when: {indicator: assembly.protesters_killed, at_least: 1}",
    ),
    Code(
        "R221",
        "A condition on an indicator that may have no value",
        "That its source gives no value is neither good nor bad, so no threshold can be met by it. A measure leaves it out and "
        "goes by the others.",
        "when: {indicator: terror.amnesty, at_least: 3}   (may_be_none: yes)",
        "measure: {of: mean, inputs: [{indicator: terror.amnesty, …}, …], …}\nwhen: {measure: terror.mean, at_least: 3}",
    ),
    Code(
        "R222",
        "A rule about the transition, on a scale without one",
        "With transition: none the published rating is the assessed one in every year: nothing waits for a gate, and no pressure "
        "is ever left.",
        "transition: none   (scale.yaml)\nkind: upgrade_gate",
        "transition: one_band   (scale.yaml)\nkind: upgrade_gate",
    ),
    Code(
        "R223",
        "A measure made of a measure",
        "The inputs of a measure are indicators, so that each of its numbers leads to evidence in one step, and what is missing "
        "counts once.",
        "inputs: [{measure: expression.pressure, …}, …]",
        "inputs: [{indicator: expression.journalists_detained, …}, …]   (what it is made of; steps: where bands count)",
    ),
    Code(
        "R241",
        "A case of a rule that is not there",
        "The case would test nothing, and the rule that it was written for would look as if it had none.",
        "- rule: ASM-10",
        "- rule: ASM-010",
    ),
    Code(
        "R242",
        "A case gives what its rule does not rest on",
        "What is not given counts as missing, so a misspelt name would silently turn into missing evidence. A case may give what "
        "the rule reads, or what the findings and levels that it reads rest on.",
        "given: {assembly.protester_killed: 1}",
        "given: {assembly.protesters_killed: 1}",
    ),
    Code(
        "R243",
        "A case gives a value outside its terms",
        "No evidence could ever say it, so the case shows nothing of the rule.",
        "given: {assembly.lethal_force: often}",
        "given: {assembly.lethal_force: yes}",
    ),
    Code(
        "R244",
        "A case that does not fire and says what follows",
        "A rule gives its conclusion only when it fires. Where it does not, the line would never be tried.",
        "expect: possible\nconcludes: rating at most closed",
        "expect: fires\nconcludes: rating at most closed",
    ),
    Code(
        "R245",
        "A case expects what its rule cannot come to",
        "A rule with a condition fires, does not fire, or is possible. A measure comes to a number, to "
        "something between two numbers, or is missing.",
        "rule: EXP-902   (a measure)\nexpect: fires",
        "rule: EXP-902   (a measure)\nexpect: 2",
    ),
)

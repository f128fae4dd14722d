"""Pure values of the method: scale, indicators, evidence, rules, programs, assessments. Nothing here reads, writes or prints."""

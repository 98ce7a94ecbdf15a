"""A small language of exact arithmetic and finance: text -> tokens -> tree -> quantity -> answer.

Nothing here reaches Python's `eval`: the language knows numbers, operators and the functions of
`functions.FUNCTIONS`, and every step is bounded (`limits`), so that any text ends in tens of
milliseconds. `parser.parse`, `evaluation.evaluate`, `answer.decimal_value` and `answer.display` are
the way through.
"""

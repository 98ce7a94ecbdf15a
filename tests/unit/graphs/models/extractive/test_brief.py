"""The offline model tells a conversation in brief."""

from langchain_core.messages import HumanMessage, SystemMessage

from graphs.models.extractive.model import ExtractiveChatModel

CONVERSATION = """<conversation>
Summary so far: Question: Who?
Answer: Acme [1].
Question: What was revenue?
In 2023?
Answer: USD 12 million in FY2023 [2].
It rests on:
- a row [2]
</conversation>"""


def test_questions_stay_and_answers_are_their_first_line():
    told = ExtractiveChatModel().invoke([SystemMessage("Summarize."), HumanMessage(CONVERSATION)])
    assert told.text.splitlines() == [
        "Question: Who?",
        "Answer: Acme [1].",
        "Question: What was revenue? In 2023?",
        "Answer: USD 12 million in FY2023 [2].",
    ]
    assert told.usage_metadata["output_tokens"] > 0


def test_an_empty_conversation():
    empty = "<conversation>\n\n</conversation>"
    assert ExtractiveChatModel().invoke([HumanMessage(empty)]).text == ""

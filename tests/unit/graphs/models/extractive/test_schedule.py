"""What falls due in a year, by the schedule of the report that the question means."""

import pytest

SCHEDULES = (
    "Maturities of Long-Term Debt\n(in thousands)\nAmount\n{} 200\n{} 500\nThereafter 300\n"
    "Total maturities $1,000\n"
    "Maturities of Operating Lease Liabilities\n(in thousands)\nAmount\n{} 7\n{} 8\nThereafter 9"
)


@pytest.fixture
def reports(as_passage) -> str:
    return "\n".join(
        as_passage(n, SCHEDULES.format(*[n + 2022, n + 2023] * 2), f"QUARZTEK_{n + 2021}_10K.pdf")
        for n in (1, 2)
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How much long-term debt of Quarztek falls due in 2024, as seen at December 31, 2022?",
         'due in 2024, 2022: 500 thousand [1], from "2024 500"'),
        ("How much long-term debt of Quarztek falls due in 2024, as seen at January 27, 2024?",
         'due in 2024, 2023: 200 thousand [2], from "2024 200"'),
        ("In its FY2022 10-K, what long-term debt does Quarztek show as due thereafter?",
         'thereafter, 2022: 300 thousand [1], from "Thereafter 300"'),
        ("By its FY2022 10-K, what operating lease payments of Quarztek fall due in 2024?",
         'due in 2024, 2022: 8 thousand [1], from "2024 8"'),
    ],
)  # fmt: skip
def test_the_schedule_of_the_report_tells_what_falls_due(ask, reports, question, answer):
    assert answer in ask(question, reports).answer


@pytest.mark.parametrize(
    "question",
    [
        "How much of Quarztek's long-term debt falls due in 2024?",
        "By its FY2022 10-K, what pension payments of Quarztek fall due in 2024?",
    ],
)
def test_no_schedule_is_guessed(ask, reports, question):
    assert "thousand" not in ask(question, reports).answer

import pytest
from unit.evals.guessing import header_of

from core.errors import InvalidInputError, NotFoundError
from evals.results import Results, Row, answered_already, broken_off, stored


def row(at: int, **fields) -> Row:
    return Row(example_id=f"q{at:02}", outcome={"guess": "1"}, scores={"all right": 1.0}, **fields)


def filled(folder, count=3, **header) -> Results:
    results = Results.begin(folder, header_of(**header))
    for at in range(count):
        results.append(row(at))
    return results


def test_what_is_stored_is_read_back(tmp_path):
    written = filled(tmp_path)
    read = Results.read(written.path)
    assert (read.header, read.rows) == (written.header, written.rows)
    assert read.is_complete


def test_a_line_that_a_crash_cut_off_is_dropped_and_the_run_goes_on(tmp_path):
    written = filled(tmp_path, 2)
    with written.path.open("a") as file:
        file.write('{"example_id": "q02", "outc')
    read = Results.read(written.path)
    assert [each.example_id for each in read.rows] == ["q00", "q01"]
    assert not read.is_complete
    assert written.path.read_text().endswith('"outc')
    read.append(row(2))
    assert Results.read(written.path).is_complete


@pytest.mark.parametrize("content", ["", "not JSON\n", '{"suite": "answers"}\n'])
def test_a_file_of_something_else_is_refused(tmp_path, content):
    (tmp_path / "other.jsonl").write_text(content)
    with pytest.raises(InvalidInputError, match=r"other\.jsonl holds no results.*: line 1: "):
        list(stored(tmp_path))


def test_only_a_run_of_the_same_kind_that_broke_off_is_gone_on_with(tmp_path):
    filled(tmp_path / "complete")
    with pytest.raises(NotFoundError, match="leave --resume out"):
        broken_off(tmp_path / "complete", header_of())
    cut = filled(tmp_path, 1)
    assert broken_off(tmp_path, header_of(notes={"failed_documents": []})).path == cut.path
    others = ({"model": "b"}, {"commit": "f"}, {"prompt": "x"}, {"repetitions": 2}, {"digest": 1})
    for other in others:
        with pytest.raises(NotFoundError):
            broken_off(tmp_path, header_of(**other))


def test_answers_are_scored_again_for_another_suite_of_the_same_questions(tmp_path):
    answered = filled(tmp_path)
    other = header_of(suite="trajectory", judge="groq:judge")
    assert answered_already(tmp_path, other).path == answered.path
    with pytest.raises(NotFoundError, match="leave --rescore out"):
        answered_already(tmp_path, header_of(model="another"))


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert list(stored(tmp_path / "none")) == []

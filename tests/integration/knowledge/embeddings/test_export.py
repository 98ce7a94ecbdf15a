"""The exported file: made once, whole or not at all, and only from the pinned weights."""

import logging
import shutil
import subprocess
import sys

import pytest

from core.errors import ConfigurationError
from knowledge.embeddings import choose
from knowledge.embeddings.choose import local_embeddings
from knowledge.embeddings.export import exported
from knowledge.embeddings.model import model_folder
from knowledge.embeddings.precision import Precision

EMBED = """
import sys
from pathlib import Path
from knowledge.embeddings.choose import local_embeddings
print(len(local_embeddings(Path(sys.argv[1])).embed_query("revenue")))
"""


def export(folder):
    return exported(folder, model_folder(), Precision.INT8)


@pytest.fixture(scope="module")
def file(models_folder):
    return export(models_folder)


def test_it_is_made_once(file, models_folder):
    made = file.stat().st_mtime_ns
    assert export(models_folder) == file
    assert file.stat().st_mtime_ns == made


def test_the_same_weights_give_the_same_file(file, tmp_path):
    again = export(tmp_path / "models")
    assert again.read_bytes() == file.read_bytes()
    assert list((tmp_path / "models").iterdir()) == [again]


@pytest.mark.parametrize("broken", [lambda whole: whole[:100_000], lambda whole: b"x" + whole[1:]])
def test_a_broken_file_is_made_again(file, tmp_path, broken):
    (tmp_path / file.name).write_bytes(broken(file.read_bytes()))
    assert export(tmp_path).read_bytes() == file.read_bytes()


def test_two_processes_export_at_once(tmp_path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", EMBED, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [process.communicate()[0].strip() for process in processes] == ["384", "384"]
    assert [process.returncode for process in processes] == [0, 0]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.fixture
def other_weights(tmp_path):
    """The model's folder with one bit of its weights turned."""
    folder = tmp_path / "weights"
    folder.mkdir()
    content = bytearray((model_folder() / "model.safetensors").read_bytes())
    content[-1] ^= 1
    (folder / "model.safetensors").write_bytes(content)
    shutil.copy(model_folder() / "tokenizer.json", folder)
    return folder


def test_other_weights_are_refused(other_weights, tmp_path, monkeypatch):
    monkeypatch.setattr(choose, "model_folder", lambda: other_weights)
    with pytest.raises(ConfigurationError, match="local-torch"):
        local_embeddings(tmp_path / "models").embed_query("x")
    assert list((tmp_path / "models").iterdir()) == []


def test_torch_takes_over_where_nothing_can_be_exported(tmp_path, monkeypatch, caplog):
    blocked = tmp_path / "models"
    blocked.write_text("a file where the folder should be")
    stand_in = object()
    monkeypatch.setattr(choose, "_load_torch", lambda: stand_in)
    with caplog.at_level(logging.WARNING):
        assert choose._load_local(blocked, Precision.INT8) is stand_in
    assert "torch" in caplog.text


def test_torch_takes_over_without_onnxruntime(models_folder, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "knowledge.embeddings.onnx_embeddings", raising=False)
    stand_in = object()
    monkeypatch.setattr(choose, "_load_torch", lambda: stand_in)
    with caplog.at_level(logging.WARNING):
        assert choose._load_local(models_folder, Precision.INT8) is stand_in
    assert "onnxruntime" in caplog.text

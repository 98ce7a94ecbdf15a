"""The exported file: made once, whole or not at all, and only from the pinned weights."""

import shutil
import subprocess
import sys

import pytest

from core.errors import ConfigurationError
from knowledge.embeddings import choose, model
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


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "models"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(ConfigurationError, match=f"Make {blocked} writable"):
        local_embeddings(blocked).embed_query("x")


def test_missing_onnxruntime_is_an_error_rather_than_other_vectors(models_folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "knowledge.embeddings.onnx_embeddings", raising=False)
    with pytest.raises(ConfigurationError, match="local-torch"):
        local_embeddings(models_folder).embed_query("x")


def test_missing_weights_name_the_command_that_installs_them(monkeypatch):
    monkeypatch.setattr(model, "WEIGHTS_PACKAGE", "not_installed_here")
    with pytest.raises(ConfigurationError, match=r"-r deploy/weights\.txt"):
        model_folder()


def test_local_torch_without_its_extra_names_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(choose, "find_spec", lambda _name: None)
    with pytest.raises(ConfigurationError, match="make torch"):
        choose.torch_embeddings()

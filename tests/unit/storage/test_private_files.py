"""Other users of the machine can't read what is stored."""

import stat

from storage.private_files import PASSABLE_FOLDER, private_folder, private_tree


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_new_folder_is_private(tmp_path):
    private_folder(tmp_path / "a" / "b")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_existing_folder_is_tightened_and_a_tighter_one_left_alone(tmp_path):
    loose, tight = tmp_path / "loose", tmp_path / "tight"
    loose.mkdir(mode=0o755)
    tight.mkdir(mode=0o700)
    for folder in (loose, tight):
        private_folder(folder, PASSABLE_FOLDER)
    assert (mode(loose), mode(tight)) == (0o711, 0o700)


def test_everything_below_a_loose_folder_is_tightened(tmp_path):
    root = tmp_path / "blobs"
    (root / "organization").mkdir(parents=True)
    file = root / "organization" / "sha"
    file.write_bytes(b"x")
    root.chmod(0o755)
    (root / "organization").chmod(0o755)
    file.chmod(0o644)
    private_tree(root)
    assert [mode(path) for path in (root, root / "organization", file)] == [0o700, 0o700, 0o600]

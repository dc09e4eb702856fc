"""A run refuses clearly what would break it."""

import socket

import pytest

from missions_site.runner.preparation import (
    DataFolderInUse,
    PortTaken,
    check_port_is_free,
    hold_data_folder,
)


def test_a_taken_port_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Port {port} .*make run PORT={port + 1}"):
            check_port_is_free(host="127.0.0.1", port=port)


def test_a_free_port_is_accepted():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    check_port_is_free(host="127.0.0.1", port=port)


def test_two_runs_cannot_share_a_data_folder(tmp_path):
    with (
        hold_data_folder(tmp_path),
        pytest.raises(DataFolderInUse, match="DATA_DIR="),
    ):
        hold_data_folder(tmp_path)


def test_a_data_folder_is_free_again_after_a_run(tmp_path):
    with hold_data_folder(tmp_path / "new"):
        pass
    with hold_data_folder(tmp_path / "new") as lock:
        assert not lock.closed

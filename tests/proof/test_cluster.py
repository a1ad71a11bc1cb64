"""Books made on a real cluster: a scheduler and worker processes of dask on this machine, reached by their address."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import CliRunner

from hrbook.cli import main
from tests.conftest import hrbook
from tests.forms import designs

pytestmark = pytest.mark.proof

DASK = Path(sys.executable).with_name("dask")
PATIENCE = 120  # seconds for a process to come up on a busy machine
BRIEF = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


class Stand:
    """A scheduler and its workers, each a process of its own with a file of what it says."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, {**os.environ, **environment}
        self.processes, self.address = {}, ""

    def start(self, name, *words, **environment):
        log = (self.folder / f"{name}.log").open("wb")
        with log:
            self.processes[name] = subprocess.Popen(
                [DASK, *map(str, words)], stdout=log, stderr=log, env={**self.environment, **environment}, cwd=self.folder
            )

    def said(self, name, pattern):
        """What a process says of itself, once it does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = re.search(pattern, (self.folder / f"{name}.log").read_text(errors="replace"))
            if found:
                return found[1]
            assert self.processes[name].poll() is None, (self.folder / f"{name}.log").read_text(errors="replace")
            time.sleep(0.05)
        raise AssertionError((self.folder / f"{name}.log").read_text(errors="replace"))

    def schedule(self, way="tcp"):
        self.start("scheduler", "scheduler", "--host", f"{way}://127.0.0.1", "--port", 0, "--no-dashboard", "--no-show")
        self.address = self.said("scheduler", rf"Scheduler at:\s+({way}://127\.0\.0\.1:\d+)")

    def work(self, *names, **environment):
        for name in names:
            scratch = self.folder / f"scratch-{name}"
            scratch.mkdir()
            words = ("--no-nanny", "--nthreads", 1, "--no-dashboard", "--local-directory", scratch, "--name", name)
            self.start(name, "worker", self.address, *words, **environment)
        for name in names:
            self.said(name, r"Registered to:\s+(\S+)")

    def address_of(self, worker):
        return self.said(worker, r"Start worker at:\s+(\S+)")

    def kill(self, name):
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def close(self):
        for name in list(self.processes):
            self.kill(name)


@contextmanager
def stand_in(folder, **environment):
    folder.mkdir()
    stand = Stand(folder, environment)
    try:
        yield stand
    finally:
        stand.close()


@pytest.fixture
def stand(tmp_path):
    with stand_in(tmp_path / "stand") as made:
        made.schedule()
        yield made


def hold(stand, build, *names):
    """Stop these workers for good while each has books of the run to make."""
    from distributed import Client

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Client(stand.address, set_as_default=False, timeout=PATIENCE) as client:

            def busy(name):
                tasks = client.processing()[stand.address_of(name)]
                return any(str(key).startswith("hrbook-books") for key in tasks)

            for name in names:
                while True:
                    assert build.poll() is None, build.communicate()
                    if busy(name):
                        stand.processes[name].send_signal(signal.SIGSTOP)
                        time.sleep(0.5)  # for what it had said before to arrive
                        if busy(name):
                            break
                        stand.processes[name].send_signal(signal.SIGCONT)
                    time.sleep(0.005)


def begun(*words, cwd, env=None):
    return subprocess.Popen(
        [sys.executable, "-m", "hrbook", *map(str, words)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
    )


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def desk(city, tmp_path_factory):
    """A working folder with looks, words and a form of its own, and the run that one process makes there."""
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(city / "input", desk / "input")
    (desk / "templates" / "forms").mkdir(parents=True)
    styles = (Path(__file__).parents[2] / "templates" / "styles.toml").read_text(encoding="utf-8")
    changed = re.sub(r'(\[colours\]\n(?:#.*\n|\n)*\w+ = ")\w{6}', r"\g<1>123ABC", styles, count=1)
    assert changed != styles
    (desk / "templates" / "styles.toml").write_text(changed, encoding="utf-8")
    (desk / "templates" / "forms" / "名簿.xlsx").write_bytes(designs.a_list())
    done = hrbook("build", "--jobs", 1, "--out", "alone", cwd=desk)
    assert done.code == 0, done.err
    return desk


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_lost_worker_changes_no_byte(stand, desk, tmp_path, jobs):
    """Two workers; one is killed while it has books to make. Neither has written anything to its disk."""
    stand.work("one", "two")
    with begun("build", "--jobs", jobs, "--cluster", stand.address, "--out", tmp_path / "out", cwd=desk) as build:
        hold(stand, build, "one")
        stand.kill("one")
        _, told = build.communicate()
    assert build.returncode == 0, told
    assert "Traceback" not in told and "distributed" not in told
    assert tree(tmp_path / "out" / "2026") == tree(desk / "alone" / "2026")
    scratch = [p for name in ("one", "two") for p in (stand.folder / f"scratch-{name}").rglob("*") if p.is_file()]
    assert [p for p in scratch if p.stat().st_size or p.suffix not in (".lock", ".dirlock")] == []


@pytest.mark.parametrize(("lost", "said"), [("scheduler", "was lost in the middle"), ("workers", "All workers")])
def test_nothing_is_put_in_place_when_the_cluster_is_gone(stand, desk, tmp_path, lost, said):
    stand.work("one", "two")
    words = ("build", "--lang", "en", "--jobs", 2, "--cluster", stand.address, "--out", tmp_path / "out")
    with begun(*words, cwd=desk, env=BRIEF) as build:
        hold(stand, build, "one", "two")
        for name in ("one", "two") if lost == "workers" else ("scheduler",):
            stand.kill(name)
        _, told = build.communicate()
    assert build.returncode == 3, told
    assert told.count("\n") == 1 and said in told and stand.address in told, told
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name != ".lock"] == []


def refused(address, desk, monkeypatch, code=3):
    """The paragraph of each language: one line, before anything is read."""
    monkeypatch.chdir(desk)
    told = {}
    for language in ("en", "ja"):
        done = CliRunner().invoke(main, ["build", "--cluster", address, "--out", "none", "--lang", language], env=BRIEF)
        assert done.exit_code == code, done.output
        assert done.output.count("\n") == 1, done.output
        told[language] = done.output
    assert JAPANESE.search(told["ja"]) and not JAPANESE.search(told["en"])
    assert not (desk / "none").exists()
    return told["en"]


@pytest.fixture
def brief():
    """Five seconds in place of thirty for every connection."""
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "3s"}):
        yield


def test_nobody_is_there(stand, desk, brief, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "no Dask scheduler" in refused(f"127.0.0.1:{silent.getsockname()[1]}", desk, monkeypatch)
        nobody = silent.getsockname()[1]
    assert "no Dask scheduler" in refused(f"tcp://127.0.0.1:{nobody}", desk, monkeypatch)
    assert "no worker has come within 3 seconds" in refused(stand.address, desk, monkeypatch)


def installed(folder, version, *, broken=False, word=None):
    """A place from which a worker takes another hrbook than this one."""
    folder.mkdir()
    facts = folder / f"hrbook-{version}.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: hrbook\nVersion: {version}\n", encoding="utf-8")
    root = Path(__file__).parents[2]
    if broken:
        (folder / "hrbook").mkdir()
        (folder / "hrbook" / "__init__.py").write_text("raise ImportError('no such library')\n", encoding="utf-8")
    elif word:
        shutil.copytree(root / "hrbook", folder / "hrbook", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(root / "templates", folder / "hrbook" / "templates")
        words = folder / "hrbook" / "templates" / word
        words.write_text(words.read_text(encoding="utf-8") + "\n# changed by somebody\n", encoding="utf-8")
    return str(folder)


def test_a_worker_that_would_make_other_bytes_is_named(stand, desk, tmp_path, monkeypatch):
    from hrbook import __version__

    others = {
        "older": (installed(tmp_path / "a", "0.0.1"), "has hrbook 0.0.1, this machine has " + __version__),
        "broken": (installed(tmp_path / "b", __version__, broken=True), "ImportError: no such library"),
        "other": (
            installed(tmp_path / "c", __version__, word="labels/cover.toml"),
            'differs from this machine in "hrbook templates"',
        ),
    }
    for name, (place, said) in others.items():
        stand.work(name, PYTHONPATH=place)
        worker = stand.address_of(name)
        told = refused(stand.address, desk, monkeypatch)
        assert said in told and worker in told, told
        stand.kill(name)


def certificates(folder):
    """An authority and one certificate for everybody, and dask's settings that name them."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder.mkdir()
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "invented authority")])
    keys = {"ca": ec.generate_private_key(ec.SECP256R1()), "own": ec.generate_private_key(ec.SECP256R1())}
    for name, key in keys.items():
        subject = issuer if name == "ca" else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        made = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        made = made.not_valid_before(datetime.now() - timedelta(days=1)).not_valid_after(datetime.now() + timedelta(days=9))  # noqa: DTZ005
        made = made.add_extension(x509.BasicConstraints(ca=name == "ca", path_length=None), critical=True)
        made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        pem = made.sign(keys["ca"], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        (folder / f"{name}.pem").write_bytes(pem)
        plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / f"{name}.key").write_bytes(key.private_bytes(*plain))
    tls = {"CA_FILE": "ca.pem"}
    for who in ("SCHEDULER", "WORKER", "CLIENT"):
        tls |= {f"{who}__CERT": "own.pem", f"{who}__KEY": "own.key"}
    named = {f"DASK_DISTRIBUTED__COMM__TLS__{key}": str(folder / file) for key, file in tls.items()}
    return {**named, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true"}


def test_encrypted_and_never_otherwise(desk, brief, tmp_path, monkeypatch):
    """tls:// with certificates of dask's own configuration; without them nothing is sent."""
    settings = certificates(tmp_path / "keys")
    with stand_in(tmp_path / "stand", **settings) as stand:
        stand.schedule("tls")
        stand.work("one")
        words = ("build", "--department", "人事課", "--cluster", stand.address, "--out", tmp_path / "out")
        done = hrbook(*words, cwd=desk, env=settings)
        assert done.code == 0, done.err
        (book,) = (tmp_path / "out" / "2026-部分" / "部署別").iterdir()
        assert book.read_bytes()[:4] == b"PK\x03\x04"
        assert "(TLS)" in refused(stand.address, desk, monkeypatch)
        assert "no Dask scheduler" in refused(stand.address.replace("tls:", "tcp:"), desk, monkeypatch)

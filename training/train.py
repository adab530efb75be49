#!/usr/bin/env python3
"""Tunes the encoder: teacher on gold, student on gold and teacher (phase A, measured), then with the held-out parts (phase B, shipped).

usage: train.py --data FOLDER --out FOLDER [--work FOLDER] [--minutes-teacher 1.75 --minutes-a 5 --minutes-b 1] [--resume] [--smoke]
FOLDER of data is what prepare.py wrote. A run is resumed from WORK/checkpoint.pt.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import card
import evaluate
import tensors
from data import Store
from losses import student_loss, teacher_loss
from model import Encoder, FeatureGroups, load

POOL = 24  # batches whose windows are drawn together, so that like sizes come together
WARM = 0.03  # share of a phase in which the learning rate rises
LAST = 0.03  # share of the highest learning rate at the end
EIGHT_FROM = 0.67  # share of phase A after which rounding to 8 bits is learned through
SAVE_EVERY = 60.0  # seconds


@dataclass
class Phase:
    """One stretch of training, ended by the clock."""

    name: str
    minutes: float
    rate_encoder: float
    rate_heads: float
    everything: bool  # held-out sentences too
    eight_from: float = 2.0
    gold_only: bool = False  # without bare text


class Feed:
    """Batches, made ahead by threads. The k-th pool of a phase depends on the seed, the phase and k alone."""

    def __init__(self, store: Store, phase: Phase, cap: int, seed: int, pool: int, device: str) -> None:
        self.store, self.phase, self.cap, self.pool, self.device = store, phase, cap, pool, device
        self.seed = [seed, int.from_bytes(hashlib.sha256(phase.name.encode()).digest()[:4], "little")]

    def batches(self) -> Iterator[Callable[[], dict]]:
        while True:
            generator = np.random.default_rng([*self.seed, self.pool])
            windows = self.store.draw(generator, max(8, self.cap * POOL // 60), self.phase.everything, self.phase.gold_only)
            for number, which in enumerate(self.store.batches(windows, self.cap, generator)):
                own = np.random.default_rng([*self.seed, self.pool, number])
                yield lambda which=which, own=own, windows=windows: self.make(windows[which], own)
            self.pool += 1

    def make(self, windows: object, generator: np.random.Generator) -> dict:
        batch = self.store.build(windows, generator)
        batch["as_names"] = torch.from_numpy(self.names_turn(windows, generator))
        del batch["word"]
        if self.device == "cuda":
            batch = {k: v.pin_memory() if torch.is_tensor(v) else v for k, v in batch.items()}
        return batch

    def names_turn(self, windows: object, generator: np.random.Generator) -> np.ndarray:
        """Whether the teacher reads a window for names: always without trees, half the time with both."""
        corpora = [self.store.corpora[c] for c in self.store.corpus_of[windows.begin]]
        named = np.array([bool(c.get("scheme")) for c in corpora])
        treebank = np.array([c["format"] == "conllu" for c in corpora])
        return named & (~treebank | (generator.random(len(corpora)) < 0.5))

    def __iter__(self) -> Iterator[dict]:
        with ThreadPoolExecutor(3 if self.device == "cuda" else 1) as threads:
            waiting = []
            for job in self.batches():
                waiting.append(threads.submit(job))
                if len(waiting) > 12:
                    batch = waiting.pop(0).result()
                    yield {k: v.to(self.device, non_blocking=True) if torch.is_tensor(v) else v for k, v in batch.items()}


class Run:
    """The nets, where they are saved, and the phases they go through."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.began = given, time.time()
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(given.seed)
        torch.backends.cuda.matmul.allow_tf32 = True
        for folder in (given.out, given.work):
            folder.mkdir(parents=True, exist_ok=True)
        self.store = Store(given.data)
        self.vectors = tensors.piece_vectors(given.data / "words.npz.xz", self.device)
        self.groups = FeatureGroups(self.store.label, self.device)
        teacher, student = (tensors.read(given.data / f"{m}.safetensors.xz") for m in ("teacher-12", "student-6"))
        label = self.store.label
        self.teacher = Encoder(12, label, one_pass=False, mixtures=3).to(self.device)
        self.student = Encoder(6, label, one_pass=True).to(self.device)
        load(self.teacher, teacher, label, self.store.likes())
        load(self.student, student, label, self.store.likes())
        self.scores: dict[str, list[str]] = {}
        (given.out / "labels.json").write_text(json.dumps(label, ensure_ascii=False, indent=0))
        self.say(f"loaded: {len(self.store.holdout)} sentences, {len(self.store.col['count'])} words, {len(self.vectors)} piece vectors, {self.device}")

    def say(self, what: str) -> None:
        print(f"[{time.time() - self.began:6.1f} s] {what}", flush=True)

    def checkpoint(self) -> Path:
        return self.given.work / "checkpoint.pt"

    def train(self, phase: Phase, net: Encoder, objective: Callable[[dict, Tensor], Tensor], state: dict | None) -> None:
        """Steps until the phase's time is over; the learning rates follow the share of it that has passed."""
        if phase.minutes <= 0:
            return
        encoder = [p for n, p in net.named_parameters() if n.startswith(("layers", "pos", "typ", "ln", "inp"))]
        own = {id(p) for p in encoder}
        groups = [{"params": encoder, "top": phase.rate_encoder}, {"params": [p for p in net.parameters() if id(p) not in own], "top": phase.rate_heads}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=self.device == "cuda")
        passed, step, pool = 0.0, 0, 0
        if state:
            net.load_state_dict(state["net"])
            optimizer.load_state_dict(state["optimizer"])
            passed, step, pool = state["passed"], state["step"], state["pool"]
        feed = Feed(self.store, phase, self.given.batch, self.given.seed, pool, self.device)
        began, pieces, saved = time.time() - passed, 0, time.time()
        loss, total = torch.zeros(()), torch.zeros((), device=self.device)
        net.train()
        net.eight_bits(on=False)
        self.say(f"{phase.name}: {phase.minutes} minutes from {passed:.0f} s on")
        for batch in feed:
            share = (time.time() - began) / (phase.minutes * 60)
            if share >= 1 or (self.given.smoke and step >= 3):
                break
            if share > phase.eight_from or (self.given.smoke and phase.eight_from <= 1 and step == 2):
                net.eight_bits(on=True)
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, share / WARM + 0.01) * (LAST + (1 - LAST) * 0.5 * (1 + np.cos(np.pi * share)))
            with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
                loss = objective(batch, self.vectors[batch["ids"]])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            step, total, pieces = step + 1, total + loss.detach(), pieces + batch["ids"].numel()
            if step % self.given.every == 0:
                seconds = time.time() - began - passed
                self.say(f"{phase.name} step {step} ({100 * share:.0f} %) loss {float(total) / self.given.every:.3f}, {pieces / seconds:.0f} pieces a second")
                total.zero_()
            if time.time() - saved > SAVE_EVERY:
                saved = time.time()
                torch.save({"phase": phase.name, "passed": saved - began, "step": step, "pool": feed.pool, "net": net.state_dict(),
                            "optimizer": optimizer.state_dict(), "teacher": self.teacher.state_dict(), "scores": self.scores}, self.checkpoint())
                if net is self.student:
                    tensors.write(self.given.out / "encoder.safetensors", net, self.metadata(phase.name))
        self.say(f"{phase.name}: {step} steps, last loss {float(loss.detach()):.3f}")

    def metadata(self, state: str) -> dict[str, str]:
        return {"base": "multilingual-e5-small (MIT), 4 bits, vocabulary cut to 104,485 pieces", "layers": "6", "one_pass": "1", "state": state}

    def measure(self, net: Encoder, name: str) -> None:
        """Prints and keeps the figures of the held-out parts."""
        self.say(name)
        self.scores[name] = evaluate.report(net, self.store, self.vectors, 3 if self.given.smoke else 0)

    def save_student(self, name: str) -> None:
        tensors.write(self.given.out / f"{name}.safetensors", self.student, self.metadata(name))
        card.write(self.given.out / "encoder.md", self.store, self.scores, " ".join(sys.argv[1:]))

    def save_teacher(self) -> None:
        """In two parts below 16 MiB: put together with `cat`."""
        path = self.given.work / "teacher.safetensors"
        tensors.write(path, self.teacher, {"layers": "12"})
        raw = path.read_bytes()
        for part in range(2):
            (self.given.out / f"teacher.safetensors.{part}").write_bytes(raw[part * len(raw) // 2 : (part + 1) * len(raw) // 2])

    def phases(self) -> None:
        """All of it, or from the checkpoint on."""
        given = self.given
        state = torch.load(self.checkpoint(), map_location=self.device, weights_only=False) if given.resume and self.checkpoint().exists() else None
        order = ["teacher", "A", "B"]
        begin = order.index(state["phase"]) if state else 0
        if state and begin > 0:
            self.teacher.load_state_dict(state["teacher"])
            self.scores = state["scores"]
        here = lambda name: state if state and state["phase"] == name else None  # noqa: E731
        student = lambda batch, vectors: student_loss(self.student, self.teacher, batch, vectors, self.groups)  # noqa: E731
        if begin == 0:
            self.measure(self.student, "student before")
            self.train(Phase("teacher", given.minutes_teacher, 1.2e-4, 5e-4, everything=False, gold_only=True), self.teacher,
                       lambda batch, vectors: teacher_loss(self.teacher, batch, vectors, self.groups, batch["as_names"]), here("teacher"))
            if given.minutes_teacher > 0:
                self.measure(self.teacher, "teacher after")
                self.save_teacher()
        self.teacher.eval()
        self.student.dropout(given.dropout)
        if begin <= 1:
            self.train(Phase("A", given.minutes_a, given.rate, 6e-4, everything=False, eight_from=EIGHT_FROM), self.student, student, here("A"))
            self.student.eight_bits(on=False)
            self.measure(self.student, "student after A, floating point")
            self.student.eight_bits(on=True)
            self.measure(self.student, "student after A, 8 bits")
            self.save_student("encoder-measured")
        self.train(Phase("B", given.minutes_b, given.rate * 0.3, 2e-4, everything=True, eight_from=-1.0), self.student, student, here("B"))
        self.measure(self.student, "student after B, 8 bits (trained on these sentences: only to see that nothing broke)")
        self.save_student("encoder")
        self.say("done")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--work", type=Path, default=Path("/tmp/training"))
    options.add_argument("--minutes-teacher", type=float, default=1.75)
    options.add_argument("--minutes-a", type=float, default=5.0)
    options.add_argument("--minutes-b", type=float, default=1.0)
    options.add_argument("--batch", type=int, default=16384, help="pieces of a batch, padding counted")
    options.add_argument("--rate", type=float, default=2.5e-4, help="highest learning rate of the student's layers")
    options.add_argument("--dropout", type=float, default=0.08, help="of the student's layers")
    options.add_argument("--every", type=int, default=100, help="steps between two lines of progress")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--resume", action="store_true")
    options.add_argument("--smoke", action="store_true", help="three steps a phase, three sentences of each corpus measured")
    given = options.parse_args()
    if given.smoke:
        given.batch, given.every = min(given.batch, 1500), 1
    Run(given).phases()


if __name__ == "__main__":
    main()

"""The reader: layers behind the encoder's words, and heads that find what goes from whom to whom, and who says what."""

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import tensors
from lessons import ALL_ROLES, CERTAINTY, FILLERS, KINDS, STATUS, Batch, Paths
from model import H, Layer, Linear

SIZE = 128


class Pieces:
    """The vectors of pieces, in 4 bits as in the product."""

    def __init__(self, models: Path) -> None:
        self.rows = np.frombuffer((models / "words.q4").read_bytes(), np.uint8).reshape(-1, 216)

    def vectors(self, batch: Batch) -> Tensor:
        """[row, piece, H]."""
        return tensors.unpacked(self.rows[batch.ids.numpy()])


class Reader(nn.Module):
    """`start`: the encoder whose layers it begins with; what it does with pieces before its first layer is its own, too."""

    def __init__(self, start: Path, paths: int) -> None:
        super().__init__()
        given = tensors.read(start)
        layers = sum(1 for name in given if name.endswith(".qkv.weight"))
        self.pos, self.typ, self.inp = nn.Parameter(given["pos"]), nn.Parameter(given["typ"]), nn.Parameter(torch.zeros(H))
        # An encoder that reads each treebank in its own way: what they have in common.
        with torch.no_grad():
            self.inp.copy_(given["inp"] if "inp" in given else given["tb.weight"].mean(0))
        self.ln = nn.LayerNorm(H, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        own = dict(self.named_parameters())
        with torch.no_grad():
            for name, parameter in own.items():
                if name.startswith(("layers.", "ln.")):
                    parameter.copy_(given[name])
        self.mix = nn.Parameter(torch.zeros(layers + 1))
        self.norm = nn.LayerNorm(H, eps=1e-12)
        self.found = nn.Linear(2 * H, len(KINDS))
        self.anchor = nn.Linear(3 * H, len(ALL_ROLES) * SIZE)
        self.filler = nn.Linear(3 * H, len(ALL_ROLES) * SIZE)
        self.path = nn.Embedding(paths, SIZE)
        self.path_bias = nn.Embedding(paths, len(ALL_ROLES))
        self.none = nn.Parameter(torch.zeros(len(ALL_ROLES), SIZE))
        self.bias = nn.Linear(3 * H, len(ALL_ROLES))
        self.certainty = nn.Linear(2 * H, len(CERTAINTY) * len(KINDS))
        self.status = nn.Linear(2 * H, len(STATUS))
        nn.init.normal_(self.path.weight, std=0.3)
        nn.init.zeros_(self.path_bias.weight)
        self.drop = 0.33

    def eight_bits(self, on: bool) -> None:
        """Rounds in the layers from now on, or no more."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.eight = on

    def words(self, pieces: Tensor, batch: Batch) -> Tensor:
        """Vectors of words [row, word, H] from those of pieces [row, piece, H]."""
        weights = torch.softmax(self.mix, 0)
        state = self.ln(pieces + self.pos[: pieces.shape[1]] + self.typ) + self.inp
        state = F.dropout(state, 0.1, self.training)
        mixed = weights[0] * state
        for number, layer in enumerate(self.layers, 1):
            state = layer(state, batch.mask[:, None, None, :])
            mixed = mixed + weights[number] * state
        rows, mixed = state.shape[0], mixed.float()
        total = torch.zeros(rows, batch.words + 1, H).scatter_add(1, batch.word_of[..., None].expand(-1, -1, H), mixed)
        count = torch.zeros(rows, batch.words + 1).scatter_add(1, batch.word_of, torch.ones_like(batch.word_of, dtype=torch.float))
        means = total[:, : batch.words] / count[:, : batch.words, None].clamp(min=1)
        return F.dropout(self.norm(means), self.drop, self.training)

    def beside(self, words: Tensor, at: Tensor) -> Tensor:
        """The vectors of other words [row, word, H]; one past the last is nobody."""
        padded = F.pad(words, (0, 0, 0, 1))
        return padded.gather(1, at[..., None].expand(-1, -1, H))

    def forward(self, pieces: Tensor, batch: Batch, chosen):
        """`chosen` gives the anchors (rows, words) from what was found; arcs are [anchor, role, 1 + filler], filler 0 is nobody."""
        words = self.words(pieces, batch)
        up = self.beside(words, batch.heads)
        upper = self.beside(up, batch.heads)
        two = torch.cat([words, up], -1)
        anchors, fillers = torch.cat([two, upper], -1), torch.cat([two, self.beside(words, batch.marks)], -1)
        found = self.found(two).float()
        rows, at = chosen(found)
        shape = lambda x: F.dropout(F.leaky_relu(x, 0.1), self.drop, self.training).unflatten(-1, (len(ALL_ROLES), SIZE))  # noqa: E731
        anchor, filler = shape(self.anchor(anchors[rows, at])), shape(self.filler(fillers))[rows]
        ways = batch.paths[rows, at]
        by_way = self.path(ways).to(anchor.dtype)
        scores = torch.einsum("nrz,nfrz->nrf", anchor, filler) + torch.einsum("nrz,nfz->nrf", anchor, by_way)
        scores = scores.float() / math.sqrt(SIZE) + self.path_bias(ways).transpose(1, 2) + self.bias(fillers)[rows].float().transpose(1, 2)
        scores = scores.masked_fill(batch.no_filler[rows][:, None], -1e9)
        nobody = (anchor * self.none).sum(-1, keepdim=True).float() / math.sqrt(SIZE)
        arcs = torch.cat([nobody, scores], -1)
        return found, (rows, at), arcs, self.certainty(two[rows, at]).float(), self.status(two[rows, at]).float()


def write(out: Path, reader: Reader, paths: Paths) -> None:
    """The two files of `data/models/reader`."""
    tensors.write(out / "reader.safetensors", reader, {"made_by": "training/arcs.py"})
    label = {"kinds": KINDS, "roles": [role.split(".") for role in ALL_ROLES], "certainties": CERTAINTY,
             "statuses": STATUS, "fillers": sorted(FILLERS), "ways": sorted(paths.number, key=paths.number.get), "least": 0.15}
    (out / "labels.json").write_text(json.dumps(label, indent=0, ensure_ascii=False))

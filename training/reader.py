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
from model import H, Encoder, Layer, Linear, load

SIZE = 128


class Frozen:
    """The encoder up to the layer behind which the reader begins, in 8 bits as in the product. It is not trained."""

    def __init__(self, models: Path, from_layer: int) -> None:
        given = tensors.read(models / "encoder.safetensors")
        label = json.loads((models / "labels.json").read_text())
        self.net = Encoder(sum(1 for name in given if name.endswith(".qkv.weight")), label, True)
        load(self.net, given, label, {})
        self.net.eval()
        self.net.eight_bits(True)
        self.from_layer = from_layer
        self.rows = np.frombuffer((models / "words.q4").read_bytes(), np.uint8).reshape(-1, 216)

    @torch.no_grad()
    def states(self, batch: Batch) -> Tensor:
        """Behind the layer [row, piece, H]."""
        vectors = tensors.unpacked(self.rows[batch.ids.numpy()])
        x = self.net.ln(vectors + self.net.pos[: vectors.shape[1]] + self.net.typ) + self.net.inp
        for layer in self.net.layers[: self.from_layer]:
            x = layer(x, batch.mask[:, None, None, :])
        return x


class Reader(nn.Module):
    """`from_layer`: behind which layer of the encoder it begins; `layers`: how many the encoder has."""

    def __init__(self, from_layer: int, layers: int, paths: int) -> None:
        super().__init__()
        self.from_layer = from_layer
        self.layers = nn.ModuleList(Layer() for _ in range(layers - from_layer))
        self.mix = nn.Parameter(torch.zeros(layers - from_layer + 1))
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

    def words(self, state: Tensor, batch: Batch) -> Tensor:
        """Vectors of words [row, word, H] from the encoder's states of pieces [row, piece, H]."""
        weights = torch.softmax(self.mix, 0)
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

    def forward(self, state: Tensor, batch: Batch, chosen):
        """`chosen` gives the anchors (rows, words) from what was found; arcs are [anchor, role, 1 + filler], filler 0 is nobody."""
        words = self.words(state, batch)
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
    label = {"from": reader.from_layer, "kinds": KINDS, "roles": [role.split(".") for role in ALL_ROLES], "certainties": CERTAINTY,
             "statuses": STATUS, "fillers": sorted(FILLERS), "ways": sorted(paths.number, key=paths.number.get), "least": 0.15}
    (out / "labels.json").write_text(json.dumps(label, indent=0, ensure_ascii=False))

"""The encoder and its heads (reference.py in PyTorch), with 8-bit rounding that can be learned through."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

H, HEADS, FEED, ARC, REL = 384, 12, 1536, 256, 128


def rounded(x: Tensor, half_scale: bool = False) -> Tensor:
    """Each row in 8 bits (by its largest absolute value), straight through for the gradient."""
    with torch.no_grad():
        scale = x.abs().amax(-1, keepdim=True).float() / 127
        if half_scale:
            scale = scale.half().float()
        scale = scale.clamp(min=1e-8)
        difference = (x.float() / scale).round().clamp(-127, 127) * scale - x.float()
    return x + difference.to(x.dtype)


class Linear(nn.Linear):
    """A matrix of the layers: with `eight` set its weights and what comes in are rounded as in the product."""

    eight = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.eight:
            return super().forward(x)
        return F.linear(rounded(x), rounded(self.weight, half_scale=True), self.bias)


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.o, self.n1 = Linear(H, 3 * H), Linear(H, H), nn.LayerNorm(H, eps=1e-12)
        self.i, self.f, self.n2 = Linear(H, FEED), Linear(FEED, H), nn.LayerNorm(H, eps=1e-12)
        self.drop = 0.1

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, _ = x.shape
        drop = self.drop if self.training else 0.0
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, H // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=drop)
        x = self.n1(x + F.dropout(self.o(a.transpose(1, 2).reshape(rows, length, H)), drop, self.training))
        return self.n2(x + F.dropout(self.f(F.gelu(self.i(x))), drop, self.training))


class Encoder(nn.Module):
    """`one_pass`: a constant `inp` at the input and the treebank's row behind the encoder, for tags and trees; else the row at the input."""

    def __init__(self, layers: int, label: dict, one_pass: bool, mixtures: int = 4) -> None:
        super().__init__()
        self.one_pass = one_pass
        self.pos, self.typ = nn.Parameter(torch.zeros(512, H)), nn.Parameter(torch.zeros(H))
        self.ln = nn.LayerNorm(H, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mix, self.gam = nn.Parameter(torch.zeros(mixtures, layers + 1)), nn.Parameter(torch.ones(mixtures))
        self.tb = nn.Embedding(len(label["TB"]), H)
        if one_pass:
            self.inp = nn.Parameter(torch.zeros(H))
        self.upos = nn.Linear(H, len(label["UPOS"]))
        self.feat = nn.Linear(H, sum(len(label["VAL"][a]) for a in label["ATTRS"]))
        self.ah, self.ad, self.rh, self.rd = (nn.Linear(H, n) for n in (ARC, ARC, REL, REL))
        self.U = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.W = nn.Parameter(torch.zeros(len(label["RELS"]), REL + 1, REL + 1))
        self.root = nn.Parameter(torch.zeros(H))
        self.nG, self.nU = nn.Linear(H, len(label["GER"])), nn.Linear(H, len(label["UNE"]))
        if mixtures == 4:
            self.sent, self.word = nn.Linear(H, 2), nn.Linear(H, 2)

    def eight_bits(self, on: bool) -> None:
        """Rounds in the layers from now on, or no more."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.eight = on

    def dropout(self, share: float) -> None:
        for layer in self.layers:
            layer.drop = share

    def states(self, vectors: Tensor, mask: Tensor, treebank: Tensor) -> Tensor:
        """All mixtures at the pieces: [mixture, row, piece, H]."""
        x = self.ln(vectors + self.pos[: vectors.shape[1]] + self.typ)
        x = x + (self.inp if self.one_pass else self.tb(treebank)[:, None])
        x = F.dropout(x, self.layers[0].drop, self.training)
        weights = torch.softmax(self.mix, 1) * self.gam[:, None]
        mixed = weights[:, 0, None, None, None] * x
        allowed = mask[:, None, None, :]
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, allowed)
            mixed = mixed + weights[:, number, None, None, None] * x
        return mixed

    def encode(self, batch: "dict[str, Tensor]", vectors: Tensor, treebank: Tensor) -> "tuple[Tensor, Tensor]":
        """Vectors of words [mixture, word, H] (tags, trees, names, boundaries) and the fourth mixture at the pieces [row * piece, H]."""
        mixed = self.states(vectors, batch["mask"], treebank)
        flat = mixed.flatten(1, 2)
        words = batch["pieces"].shape[0]
        total = torch.zeros(flat.shape[0], words + 1, H, device=flat.device, dtype=flat.dtype)
        means = total.index_add(1, batch["word_of"], flat)[:, :-1] / batch["pieces"][:, None]
        if self.one_pass:
            habit = self.tb(treebank)[batch["row_of"]]
            means = torch.cat([means[:2] + habit, means[2:]])
        return means, flat[-1]

    def arcs(self, batch: "dict[str, Tensor]", trees: Tensor) -> "tuple[Tensor, Tensor, Tensor]":
        """Scores [sentence, word, head] (head 0 is the root), and the vectors that relations are read from:
        of heads [sentence * (1 + word), REL + 1], of words [word, REL + 1]."""
        sentences, longest = batch["lengths"].shape[0], int(batch["longest"])
        drop = 0.33 if self.training else 0.0
        trees = F.dropout(trees, drop * 0.75, self.training)
        act = lambda layer, x: F.dropout(F.leaky_relu(layer(x), 0.1), drop, self.training)  # noqa: E731
        one = lambda x: torch.cat([x, torch.ones_like(x[..., :1])], -1)  # noqa: E731
        dependants, rooted = act(self.ad, trees), torch.cat([self.root[None].to(trees.dtype), trees])
        heads, head_rel = act(self.ah, rooted), one(act(self.rh, rooted))
        grid = lambda x, cells, width: torch.zeros(  # noqa: E731
            sentences * width, x.shape[-1], device=x.device, dtype=x.dtype).index_add(0, cells, x).view(sentences, width, -1)
        roots = torch.arange(sentences, device=trees.device) * (longest + 1)
        head_cells = torch.cat([roots, batch["head_cell"]])
        head_grid = grid(torch.cat([heads[:1].expand(sentences, -1), heads[1:]]), head_cells, longest + 1)
        scores = one(grid(dependants, batch["cell"], longest)) @ self.U.to(heads.dtype) @ head_grid.transpose(1, 2)
        beyond = torch.arange(longest + 1, device=trees.device) > batch["lengths"][:, None]
        rel_grid = grid(torch.cat([head_rel[:1].expand(sentences, -1), head_rel[1:]]), head_cells, longest + 1)
        return scores.float().masked_fill(beyond[:, None], -1e9), rel_grid.flatten(0, 1), one(act(self.rd, trees))

    def relations(self, head_rel: Tensor, own: Tensor, head_at: Tensor) -> Tensor:
        """[word, relation], given where each word's head lies in `head_rel`."""
        across = torch.einsum("wi,rij->wrj", own, self.W.to(own.dtype))
        return torch.einsum("wrj,wj->wr", across, head_rel[head_at].to(across.dtype)).float()


class FeatureGroups:
    """Where each attribute's values lie among the scores of `feat`."""

    def __init__(self, label: dict, device: torch.device | str) -> None:
        sizes = [len(label["VAL"][a]) for a in label["ATTRS"]]
        slots = torch.full((len(sizes), max(sizes)), sum(sizes))
        at = 0
        for group, size in enumerate(sizes):
            slots[group, :size] = torch.arange(at, at + size)
            at += size
        self.slots = slots.to(device)

    def __call__(self, scores: Tensor) -> Tensor:
        """[word, attribute, value], what is no value far below zero."""
        return F.pad(scores.float(), (0, 1), value=-1e4)[:, self.slots]


def load(net: Encoder, tensors: "dict[str, Tensor]", label: dict, likes: dict[str, str]) -> None:
    """Fills the net from a file's tensors; new mixtures begin as that of tags, new treebanks as the row they are `like`."""
    with torch.no_grad():
        own = dict(net.named_parameters())
        for name, value in own.items():
            if name.startswith(("sent.", "word.")) and name not in tensors:
                value.zero_()
            else:
                given = tensors[name].float()
                value[: given.shape[0]].copy_(given)
        if net.mix.shape[0] > tensors["mix"].shape[0]:
            net.mix[3], net.gam[3] = net.mix[0], net.gam[0]
        known = tensors["tb.weight"].shape[0]
        rows = net.tb.weight
        for row in range(known, len(label["TB"])):
            like = likes.get(label["TB"][row], "en_ewt-train")
            rows[row] = rows[label["TB"].index(like)]
        if "any" in label["TB"] and label["TB"].index("any") >= known:
            rows[label["TB"].index("any")] = rows[[label["TBI"][n] for n in label["LANGUAGE"].values() if n != "any"]].mean(0)

"""What is learned: gold labels where a corpus has them, and the teacher's judgement on all the rest."""

import torch
import torch.nn.functional as F
from torch import Tensor

from model import Encoder, FeatureGroups


def outputs(net: Encoder, batch: dict, vectors: Tensor, treebank: Tensor, groups: FeatureGroups, head_at: Tensor | None = None) -> dict:
    """All scores of one pass. `head_at`: the heads that relations are given for (none: gold where known, else the best)."""
    means, pieces = net.encode(batch, vectors, treebank)
    tags, trees = means[0], means[1]
    arcs, head_rel, own = net.arcs(batch, trees)
    arcs = arcs.flatten(0, 1)[batch["cell"]]
    if head_at is None:
        gold = batch["head"]
        head_at = batch["base"] + torch.where(gold >= 0, gold, arcs.detach().argmax(-1))
    found = dict(upos=net.upos(tags).float(), feat=groups(net.feat(tags)), arc=arcs, rel=net.relations(head_rel, own, head_at),
                 nG=net.nG(means[2]).float(), nU=net.nU(means[2]).float(), head_at=head_at, means=means)
    if means.shape[0] > 3:
        found["sent"] = net.sent(means[3]).float()
        found["unit"] = net.word(pieces[batch["unit_at"]]).float()
    return found


def entropy(scores: Tensor, label: Tensor) -> Tensor:
    """Cross entropy over what is known; zero where nothing is."""
    known = (label >= 0).sum().clamp(min=1)
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), label.reshape(-1), ignore_index=-100, reduction="sum") / known


def marginal(scores: Tensor, allowed: Tensor) -> Tensor:
    """How unlikely it is that a word's label is among those allowed (bits); words with no bit set are left out."""
    bits = (allowed[:, None] >> torch.arange(scores.shape[-1], device=scores.device)) & 1
    inside = torch.logsumexp(scores.masked_fill(bits == 0, -1e9), -1)
    known = (allowed != 0).float()
    return ((torch.logsumexp(scores, -1) - inside) * known).sum() / known.sum().clamp(min=1)


def gold(o: dict, batch: dict, trees: float, names: float) -> Tensor:
    """Losses against gold labels, by two weights: tags and trees, names."""
    loss = trees * (entropy(o["upos"], batch["upos"]) + entropy(o["arc"], batch["head"]) + entropy(o["rel"], batch["rel"]))
    # summed over attributes (18 of them), so a mean over known cells times their number
    loss = loss + trees * 0.5 * entropy(o["feat"], batch["feat"]) * batch["feat"].shape[-1]
    return loss + names * (marginal(o["nG"], batch["nG"]) + marginal(o["nU"], batch["nU"]))


def teacher_loss(net: Encoder, batch: dict, vectors: Tensor, groups: FeatureGroups, as_names: Tensor) -> Tensor:
    """The teacher reads a window either as a treebank's (tags, trees) or as a name corpus's (names): `as_names`, one per window."""
    chosen = as_names[batch["row_of"]]
    hide = lambda label: torch.where(chosen.view(-1, *[1] * (label.dim() - 1)), torch.full_like(label, -100), label)  # noqa: E731
    view = {**batch, **{k: hide(batch[k]) for k in ("upos", "feat", "head", "rel")}}
    for head in ("nG", "nU"):
        view[head] = torch.where(chosen, batch[head], torch.zeros_like(batch[head]))
    o = outputs(net, view, vectors, torch.where(as_names, batch["names"], batch["treebank"]), groups)
    return gold(o, view, 1.0, 1.5)


def follow(student: Tensor, teacher: Tensor, weight: Tensor) -> Tensor:
    """Kullback-Leibler divergence from the teacher, words weighted (attributes summed)."""
    log_t, log_s = F.log_softmax(teacher, -1), F.log_softmax(student, -1)
    each = (log_t.exp() * (log_t - log_s)).sum(-1)
    return ((each.sum(-1) if each.dim() > 1 else each) * weight).sum()


def student_loss(student: Encoder, teacher: Encoder, batch: dict, vectors: Tensor, groups: FeatureGroups) -> Tensor:
    """Gold labels and the teacher's scores: one pass of the student, two of the teacher (treebank's row, name corpus's row)."""
    with torch.no_grad():
        t = outputs(teacher, batch, vectors, batch["treebank"], groups)
        name_means, _ = teacher.encode(batch, vectors, batch["names"])
        t_names = {k: head(name_means[2]).float() for k, head in (("nG", teacher.nG), ("nU", teacher.nU))}
    o = outputs(student, batch, vectors, batch["habits"], groups, t["head_at"])
    loss = follow(o["upos"], t["upos"], batch["kd_tags"]) + 0.5 * follow(o["feat"], t["feat"], batch["kd_feats"])
    loss = loss + follow(o["arc"], t["arc"], batch["kd_trees"]) + follow(o["rel"], t["rel"], batch["kd_trees"])
    loss = loss + 1.5 * (follow(o["nG"], t_names["nG"], batch["kd_G"]) + follow(o["nU"], t_names["nU"], batch["kd_U"]))
    near = 1 - F.cosine_similarity(o["means"][:2].float(), t["means"][:2].float(), dim=-1)
    near_names = 1 - F.cosine_similarity(o["means"][2].float(), name_means[2].float(), dim=-1)
    loss = loss + (near.mean(0) * batch["kd_tags"]).sum() + 0.5 * (near_names * (batch["kd_G"] + batch["kd_U"])).sum()
    loss = loss + gold(o, batch, 0.5, 1.0) + 0.5 * entropy(o["sent"], batch["sent"])
    return loss + 0.5 * entropy(o["unit"], batch["unit"])

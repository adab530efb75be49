"""Reading and writing the model files: safetensors, layer matrices in 8-bit rows with a scale, all else in half precision."""

import json
import lzma
from pathlib import Path

import numpy as np
import torch

KINDS = {"I8": np.int8, "F16": np.float16, "F32": np.float32}
NAMES = {np.dtype(kind): name for name, kind in KINDS.items()}


def read(path: Path) -> dict[str, torch.Tensor]:
    """All tensors as floats, 8-bit rows multiplied out; `path` may end in .xz."""
    raw = lzma.open(path).read() if path.suffix == ".xz" else path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    found = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            found[name] = np.frombuffer(raw[8 + size + begin : 8 + size + end], KINDS[entry["dtype"]]).reshape(entry["shape"])
    whole = {}
    for name, value in found.items():
        if name.endswith(".q8"):
            value, name = value.astype(np.float32) * found[name[:-3] + ".scale"].astype(np.float32), name[:-3]
        if not name.endswith(".scale"):
            whole[name] = torch.from_numpy(value.astype(np.float32))
    return whole


def write(path: Path, net: torch.nn.Module, metadata: dict[str, str]) -> None:
    """The net's parameters, in their order."""
    entries, blobs, at = {"__metadata__": metadata}, [], 0

    def put(name: str, value: np.ndarray) -> None:
        nonlocal at
        blob = np.ascontiguousarray(value).tobytes()
        entries[name] = {"dtype": NAMES[value.dtype], "shape": list(value.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)

    for name, value in ordered(net):
        value = value.detach().float().cpu()
        if name.startswith("layers.") and value.dim() == 2:
            scale = (value.abs().amax(1, keepdim=True) / 127).half()
            put(name + ".q8", (value / scale.float().clamp(min=1e-8)).round().clamp(-127, 127).to(torch.int8).numpy())
            put(name + ".scale", scale.numpy())
        else:
            put(name, value.half().numpy())
    head = json.dumps(entries).encode()
    head += b" " * (-len(head) % 8)
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"".join(blobs))


def ordered(net: torch.nn.Module) -> list[tuple[str, torch.Tensor]]:
    """Parameters that are no module's first, as in the files there are."""
    found = list(net.named_parameters())
    return sorted(found, key=lambda item: "." in item[0])


def unpacked(rows: np.ndarray) -> torch.Tensor:
    """Rows of words.q4, 216 bytes each, as 384 values: blocks of 32, a half-precision scale, two values a byte, each minus 8."""
    blocks = rows.reshape(*rows.shape[:-1], 12, 18)
    scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
    low, high = (blocks[..., 2:] & 15).astype(np.int8) - 8, (blocks[..., 2:] >> 4).astype(np.int8) - 8
    return torch.from_numpy((np.concatenate([low, high], -1) * scale).reshape(*rows.shape[:-1], 384))


def piece_vectors(path: Path, device: str) -> torch.Tensor:
    """The rows of words.q4 that prepare.py kept."""
    return unpacked(np.load(lzma.open(path))["rows"].reshape(-1, 216)).to(device)

"""Convolutions in 8 bits, run by ONNX Runtime: several times faster than in numpy, and the same for a text whatever it is read with.

A stack is written by `learning.compiling` when a network has been learnt. Weights have 7 bits, so that sums cannot overflow on processors
without instructions for 8-bit products, and all processors read alike; the scale of what goes in is fixed, not that of the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.error import ModelUnreadable

Floats = npt.NDArray[np.float32]
Stack = Callable[[Floats, Floats], Floats]  # (rows x size, rows x 1: 1 where there is a word, 0 in the gaps) to rows x size

STACKS: Final = ("before", "segments", "after")  # names of the network's stacks
INPUTS: Final = ("x", "there")
OUTPUT: Final = "y"


def loaded_stack(model: bytes) -> Stack:
    """The stack in an ONNX file's bytes, run on one thread. Raises ModelUnreadable when it is none."""
    import onnxruntime  # a tenth of a second, only where texts are read
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NotImplemented) as error:
        again = "install Labourscope again, or run `labourscope train spans`"
        raise ModelUnreadable(f"the tagger's network cannot be loaded ({error}); {again}") from error

    def run(x: Floats, there: Floats) -> Floats:
        found: Floats = session.run([OUTPUT], dict(zip(INPUTS, (x, there), strict=True)))[0]
        return found

    return run

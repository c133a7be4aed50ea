"""These tests need LLVM."""

import pytest

pytest.importorskip("llvmlite", reason="the backend llvm is an extra: pip install 'triangle-sim[llvm]'")

"""The backend LLVM: see :mod:`triangle_sim.fused.backend`. Its tracer writes the model down for other compilers too."""

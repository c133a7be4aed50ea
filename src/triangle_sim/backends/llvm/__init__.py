"""The backend LLVM: see :mod:`triangle_sim.backends.llvm.backend`. Its tracer writes the model down for other compilers too."""

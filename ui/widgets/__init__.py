"""The pieces pages are made of. None of them knows the core; they are given words, numbers and callables."""

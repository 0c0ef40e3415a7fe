"""How fast, how big and how safe is the library? One measurement a file; `python -m evals.bench` runs them."""

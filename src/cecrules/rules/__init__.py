"""The rules, one pure module each; none imports another, and `evaluation` alone orders them."""

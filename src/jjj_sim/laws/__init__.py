"""Laws that several parts of the model share, each once: free functions of arrays, which know no place by name."""

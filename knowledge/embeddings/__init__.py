"""all-MiniLM-L6-v2: on onnxruntime, on torch through langchain-huggingface, or at an endpoint."""

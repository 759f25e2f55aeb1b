"""Peer of bench/embedding: Python onnxruntime + Pillow on the same bytes. Prints images per second."""
import glob, io, sys, time
from multiprocessing import Pool

import numpy as np
import onnxruntime as ort
from PIL import Image

model, folder, mode, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
files = [open(f, "rb").read() for f in sorted(glob.glob(folder + "/*.jpg"))]
session = None


def start():
    global session
    options = ort.SessionOptions()
    if mode == "best":
        options.intra_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def load(data):
    image = Image.open(io.BytesIO(data))
    if mode == "best":
        image.draft("RGB", (448, 448))
    return np.asarray(image.convert("RGB").resize((224, 224), Image.BICUBIC), np.float32).transpose(2, 0, 1)


def embed(batch):
    out = session.run(["embedding"], {"image": np.stack([load(files[i % len(files)]) for i in batch])})[0]
    out = out.reshape(len(batch), -1)
    return out / np.linalg.norm(out, axis=1, keepdims=True)


batches = [list(range(i, i + 8)) for i in range(0, count, 8)]
if mode == "best":
    with Pool(2, start) as pool:
        pool.map(embed, batches[:4], chunksize=1)
        began = time.perf_counter()
        pool.map(embed, batches, chunksize=1)
        seconds = time.perf_counter() - began
else:
    start()
    embed(batches[0])
    began = time.perf_counter()
    for batch in batches:
        embed(batch)
    seconds = time.perf_counter() - began
print(len(batches) * 8 / seconds)

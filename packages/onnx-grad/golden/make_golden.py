"""Golden values of training, made by PyTorch on the CPU: SGD in float32 (both sides then
round the weights alike), AdamW in float64 (torch.optim rounds lr * weight_decay away at small rates in float32).

For each model and optimiser: the loss of 10 steps, and of every weight's change over these 10 steps its norm and a
count sketch (64 buckets, random signs): the norm of the difference of two sketches estimates the norm of the
difference of the changes, so that whole networks are compared without storing them.

Usage: python golden/make_golden.py MOBILENET.onnx OUT_FOLDER [MODEL.OPTIMIZER …]     (needs torch, numpy, onnx)
"""
import json, math, sys, os
import numpy as np, torch, onnx
import torch.nn.functional as F
from onnx import numpy_helper

torch.set_num_threads(2)
STEPS, CLASSES, BUCKETS = 10, 50, 64
DTYPE = torch.float32

def mix(index, seed):
    h = (index.astype(np.uint64) + np.uint64((seed * 0x9E3779B9) & 0xFFFFFFFF)) & np.uint64(0xFFFFFFFF)
    m = np.uint64(0xFFFFFFFF)
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(0x7FEB352D)) & m
    h = ((h ^ (h >> np.uint64(15))) * np.uint64(0x846CA68B)) & m
    return h ^ (h >> np.uint64(16))

def hashed(dims, seed, deviation, mean=0.0):
    n = int(np.prod(dims)) if len(dims) else 1
    u = mix(np.arange(n, dtype=np.uint64), seed).astype(np.float64) / 2147483648 - 1
    return torch.from_numpy((mean + deviation * math.sqrt(3) * u).astype(np.float32).reshape(dims)).to(DTYPE)

def sketch(x):
    x = x.detach().numpy().astype(np.float64).ravel()
    h = mix(np.arange(x.size, dtype=np.uint64), 77)
    sign = np.where((h >> np.uint64(31)) & np.uint64(1), -1.0, 1.0)
    return np.bincount((h & np.uint64(BUCKETS - 1)).astype(np.int64), weights=sign * x, minlength=BUCKETS)

class Weights:
    """Named weights in order of creation: weight k has seed k + 1."""
    def __init__(self): self.p, self.count = {}, 0
    def get(self, name, dims, deviation, mean=0.0):
        if name not in self.p:
            self.count += 1
            self.p[name] = hashed(dims, self.count, deviation, mean).requires_grad_(True)
        return self.p[name]

def linear(w, x, name, a, b):
    weight, bias = w.get(name + '.weight', [b, a], a ** -0.5), w.get(name + '.bias', [b], 0.02)
    return F.linear(x, weight, bias)

def norm(w, x, name, d, eps):
    weight, bias = w.get(name + '.weight', [d], 0.1, 1.0), w.get(name + '.bias', [d], 0.02)
    return F.layer_norm(x, (d,), weight, bias, eps)

def block(w, x, name, heads, eps, mask=None, quick=False):
    B, T, D = x.shape
    h = norm(w, x, name + '.norm1', D, eps)
    def head(part): return linear(w, h, f'{name}.{part}', D, D).reshape(B, T, heads, D // heads).transpose(1, 2)
    q = head('query') * (D // heads) ** -0.5
    k = head('key')
    a = q @ k.transpose(-1, -2)
    if mask is not None: a = a + mask
    a = a.softmax(-1)
    o = (a @ head('value')).transpose(1, 2).reshape(B, T, D)
    x = x + linear(w, o, name + '.proj', D, D)
    h = linear(w, norm(w, x, name + '.norm2', D, eps), name + '.fc1', D, 4 * D)
    h = h * torch.sigmoid(1.702 * h) if quick else F.gelu(h)
    return x + linear(w, h, name + '.fc2', 4 * D, D)

def vit(w, x, patch, width, depth, heads):
    B = x.shape[0]
    weight, bias = w.get('patch.weight', [width, 3, patch, patch], 0.02), w.get('patch.bias', [width], 0.02)
    p = F.conv2d(x, weight, bias, stride=patch).flatten(2).transpose(1, 2)
    cls = w.get('cls', [1, 1, width], 0.02)
    pos = w.get('position', [1, p.shape[1] + 1, width], 0.02)
    h = torch.cat([cls.expand(B, 1, width), p], 1) + pos
    for i in range(depth): h = block(w, h, f'block{i}', heads, 1e-6)
    return norm(w, h, 'norm', width, 1e-6)[:, 0]

def text(w, ids, vocabulary, width, depth, heads, output):
    table, pos = w.get('token', [vocabulary, width], 0.02), w.get('position', [ids.shape[1], width], 0.01)
    h = F.embedding(ids, table) + pos
    mask = torch.full((ids.shape[1],) * 2, -1e9).triu(1)
    for i in range(depth): h = block(w, h, f'block{i}', heads, 1e-5, mask, True)
    h = norm(w, h, 'norm', width, 1e-5)[torch.arange(ids.shape[0]), ids.argmax(1)]
    return h @ w.get('projection', [width, output], width ** -0.5)

def conv_norm(w, x, name, a, b, kernel, stride):
    weight = w.get(name + '.conv', [b, a, kernel, kernel], math.sqrt(2 / (a * kernel * kernel)))
    y = F.conv2d(x, weight, stride=stride, padding=(kernel - 1) // 2)
    scale, shift = w.get(name + '.scale', [b], 0.05, 0.7), w.get(name + '.shift', [b], 0.05)
    mean, var = hashed([b], 500 + b, 0.05), hashed([b], 500 + b, 0.05, 1.0)
    return F.batch_norm(y, mean, var, scale, shift, False, 0, 1e-5)

def resnet(w, x, width):
    x = F.max_pool2d(F.relu(conv_norm(w, x, 'stem', 3, width, 7, 2)), 3, 2, 1)
    a = width
    for stage in range(4):
        b = width * 2 ** stage
        for blk in range(2):
            s = 2 if stage > 0 and blk == 0 else 1
            name = f'stage{stage}.{blk}'
            y = F.relu(conv_norm(w, x, name + '.a', a, b, 3, s))
            y = conv_norm(w, y, name + '.b', b, b, 3, 1)
            x = F.relu(y + (x if s == 1 and a == b else conv_norm(w, x, name + '.skip', a, b, 1, s)))
            a = b
    return x.mean((2, 3))

def mobilenet(path):
    graph = onnx.load(path).graph
    init = {i.name: numpy_helper.to_array(i).copy() for i in graph.initializer}
    def run(w, x):
        if not w.p:
            for k, v in init.items():
                if v.ndim == 4 or (v.ndim == 1 and k.startswith('b_')):
                    w.p[k] = torch.tensor(v, dtype=DTYPE).requires_grad_(True)
        t = {'image': x}
        g = lambda k: t[k] if k in t else w.p[k] if k in w.p else torch.tensor(init[k], dtype=DTYPE)
        for n in graph.node:
            a = {z.name: (list(z.ints) if z.ints else z.i) for z in n.attribute}
            i = n.input
            if n.op_type == 'Sub': o = g(i[0]) - g(i[1])
            elif n.op_type == 'Mul': o = g(i[0]) * g(i[1])
            elif n.op_type == 'Add': o = g(i[0]) + g(i[1])
            elif n.op_type == 'Clip': o = torch.clamp(g(i[0]), float(g(i[1])), float(g(i[2])))
            elif n.op_type == 'Conv':
                p = a.get('pads', [0, 0, 0, 0])
                o = F.conv2d(F.pad(g(i[0]), (p[1], p[3], p[0], p[2])), g(i[1]), g(i[2]) if len(i) > 2 else None,
                             stride=a.get('strides', [1, 1]), groups=a.get('group', 1))
            elif n.op_type == 'GlobalAveragePool': o = g(i[0]).mean((2, 3), keepdim=True)
            elif n.op_type == 'Flatten': o = g(i[0]).flatten(1)
            t[n.output[0]] = o
            if n.output[0] == 'embedding': return o
    return run

def train(forward, data, kind, rate, width, eps):
    w = Weights()
    forward(w, data)
    skip = [k for k in w.p if k.endswith('key.bias')]
    head = hashed([CLASSES, width], 999, 0.05).requires_grad_(True)
    for k in skip: w.p[k].requires_grad_(False)
    params = {k: v for k, v in {**w.p, 'head.weight': head}.items() if k not in skip}
    start = {k: v.detach().clone() for k, v in params.items()}
    labels = torch.arange(len(data)) * 7 % CLASSES
    opt = (torch.optim.SGD(params.values(), lr=rate, momentum=0.9) if kind == 'sgd'
           else torch.optim.AdamW(params.values(), lr=rate, weight_decay=0.05, eps=eps))
    losses = []
    for _ in range(STEPS):
        opt.zero_grad()
        loss = F.cross_entropy(forward(w, data) @ head.T, labels, label_smoothing=0.1)
        loss.backward(); opt.step(); losses.append(loss.item())
    change = {}
    for k, v in params.items():
        if v.grad is None: continue
        d = v.detach() - start[k]
        change[k] = {'norm': float(d.norm()), 'sketch': [float(f'{s:.6g}') for s in sketch(d)]}
    return {'losses': losses, 'change': change}

def main():
    global DTYPE
    mobile, out, *only = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    picture = lambda size: hashed([2, 3, size, size], 4242, 1.0)
    # ReLU6 kinks make float32 training of this net chaotic on most noise pictures: on these two it is not.
    pixels = lambda kind: torch.floor((hashed([2, 3, 224, 224], 13 if kind == 'sgd' else 4242, 1.0 / math.sqrt(3)).double() + 1) * 127.5).to(DTYPE)
    ids = torch.from_numpy((mix(np.arange(2 * 77, dtype=np.uint64), 4242) % np.uint64(2000)).astype(np.int64).reshape(2, 77))
    ids[0, 40] = 2047; ids[1, 76] = 2047
    cases = lambda kind: {
        'vision-transformer': (lambda w, x: vit(w, x, 16, 384, 12, 6), picture(224), 384, {'sgd': 5e-5, 'adamw': 1e-5, 'eps': 1e-6}),
        'residual-network': (lambda w, x: resnet(w, x, 64), picture(224), 512, {'sgd': 2e-5, 'adamw': 5e-6, 'eps': 1e-3}),
        'text-transformer': (lambda w, x: text(w, x, 2048, 512, 12, 8, 512), ids, 512, {'sgd': 5e-5, 'adamw': 1e-5, 'eps': 1e-6}),
        'mobilenet': (mobilenet(mobile), pixels(kind), 1280, {'sgd': 1e-6, 'adamw': 5e-5, 'eps': 1e-4}),
    }
    for kind, dtype in (('sgd', torch.float32), ('adamw', torch.float64)):
        DTYPE = dtype
        torch.set_default_dtype(dtype)
        for name, (forward, data, width, rates) in cases(kind).items():
            if only and f'{name}.{kind}' not in only: continue
            result = {'model': name, 'optimizer': kind, 'rate': rates[kind], 'epsilon': rates['eps'],
                      **train(forward, data, kind, rates[kind], width, rates['eps'])}
            with open(f'{out}/{name}.{kind}.json', 'w') as f: json.dump(result, f)
            print(name, kind, [round(l, 4) for l in result['losses']], flush=True)


main()

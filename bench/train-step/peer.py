"""peer.py CASE BATCH WARMUP STEPS VARIANT [MOBILENET.onnx]: the same training step in PyTorch eager, one JSON line."""
import json, resource, sys, time
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(2)
torch.manual_seed(0)
case, batch, warm, steps, variant = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]


class Block(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.n1, self.qkv, self.proj = nn.LayerNorm(d, eps=1e-6), nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.n2, self.f1, self.f2 = nn.LayerNorm(d, eps=1e-6), nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = self.qkv(self.n1(x)).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        x = x + self.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, n, d))
        return x + self.f2(F.gelu(self.f1(self.n2(x))))


class ViT(nn.Module):
    def __init__(self, d=384, heads=6, depth=12, p=16, size=224):
        super().__init__()
        self.pe = nn.Conv2d(3, d, p, p)
        self.cls = nn.Parameter(torch.zeros(1, 1, d))
        self.pos = nn.Parameter(torch.randn(1, (size // p) ** 2 + 1, d) * 0.02)
        self.blocks = nn.ModuleList([Block(d, heads) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(d, eps=1e-6), nn.Linear(d, 100, bias=False)

    def forward(self, x):
        x = self.pe(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], -1, -1), x], 1) + self.pos
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])


class MobileNet(nn.Module):
    def __init__(self, path):
        super().__init__()
        import onnx
        from onnx import numpy_helper
        self.graph = onnx.load(path).graph
        values = {i.name: torch.tensor(numpy_helper.to_array(i).copy()) for i in self.graph.initializer}
        trained = {k: v for k, v in values.items() if v.dim() == 4 or k.startswith('b_')}
        self.p = nn.ParameterDict({k: nn.Parameter(v) for k, v in trained.items()})
        self.c = {k: v for k, v in values.items() if k not in trained}
        self.head = nn.Linear(1280, 100, bias=False)

    def forward(self, x):
        t = {'image': x}
        get = lambda k: t[k] if k in t else self.p[k] if k in self.p else self.c[k]
        for n in self.graph.node:
            a = {z.name: (list(z.ints) if z.ints else z.i) for z in n.attribute}
            i = n.input
            if n.op_type == 'Sub': o = get(i[0]) - get(i[1])
            elif n.op_type == 'Mul': o = get(i[0]) * get(i[1])
            elif n.op_type == 'Add': o = get(i[0]) + get(i[1])
            elif n.op_type == 'Clip': o = torch.clamp(get(i[0]), float(get(i[1])), float(get(i[2])))
            elif n.op_type == 'Conv':
                p, o = a.get('pads', [0, 0, 0, 0]), get(i[0])
                same = p[0] == p[2] and p[1] == p[3]
                if not same: o = F.pad(o, (p[1], p[3], p[0], p[2]))
                o = F.conv2d(o, get(i[1]), get(i[2]) if len(i) > 2 else None, stride=a.get('strides', [1, 1]),
                             padding=(p[0], p[1]) if same else 0, groups=a.get('group', 1))
            elif n.op_type == 'GlobalAveragePool': o = get(i[0]).mean((2, 3), keepdim=True)
            elif n.op_type == 'Flatten': o = get(i[0]).flatten(1)
            t[n.output[0]] = o
            if n.output[0] == 'embedding':
                return self.head(o)


model = ViT() if case == 'vit' else MobileNet(sys.argv[6])
images, labels = torch.randn(batch, 3, 224, 224), torch.arange(batch) * 7 % 100
if 'channels-last' in variant:
    model, images = model.to(memory_format=torch.channels_last), images.contiguous(memory_format=torch.channels_last)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, fused='fused' in variant)
seconds = []
for i in range(warm + steps):
    start = time.perf_counter()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    loss = loss.item()
    if i >= warm:
        seconds.append(time.perf_counter() - start)
print(json.dumps({'seconds': seconds, 'peakMb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, 'loss': loss}))

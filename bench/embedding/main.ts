import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Box, WHOLE_IMAGE } from '@likeness/contracts/box';
import { modelManifestSchema } from '@likeness/contracts/model-manifest';
import type { ModelRef } from '@likeness/core/ports/vision';
import { sampleProduct } from '@likeness/sample-data/generate';
import sharp from 'sharp';
import { writeMobilenetManifest } from '../../tests/support/mobilenet.ts';
import setup from '../../tests/support/postgres-global-setup.ts';
import { root } from '../../tests/support/product.ts';
import { shared } from '../../tests/support/shared-data.ts';
import { startStack } from '../../tests/support/stack.ts';

// Images per second from 1600 × 1200 JPEG bytes to unit vectors, MobileNetV2, against Python on the same cores: the
// service's own pipeline of processes and threads against Python's, and the same through HTTP, which Python is spared.
const IMAGES = Number(process.env.BENCH_IMAGES ?? 160);
const RUNS = Number(process.env.BENCH_RUNS ?? 9);
const AT_ONCE = 12;
/** A process that has just begun interprets most of its path; a service runs for days. */
const WARM_UP = 400;
/** Bytes of the number behind a photo that makes it another one. */
const MARK = 24;

type Embed = (bytes: Buffer) => Promise<void>;
/** What a build asks for where nothing is detected. */
const WHOLE: { boxes: Box[]; crop: { side: number; enlarge: boolean } } = {
  boxes: [WHOLE_IMAGE],
  crop: { side: 400, enlarge: false },
};

const python = makeVenv(path.join(root, 'bench/.out/embedding-venv'));
const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-bench-embedding-'));
const photos = await writePhotos(folder);
const teardown = await setup();
const stack = await startStack();
try {
  const model = await loadModel(folder);
  // Only now: it forbids this process all readers but those of photos, and the photos are drawn from SVG.
  const { makeService } = await import('./service.ts');
  const models = path.join(folder, 'models');
  const { service, close } = makeService({ sha256: model.sha256, file: mobilenetFile(), models });
  const direct: Embed = async (bytes) => {
    await service.embed({ bytes, raster: null }, { model, ...WHOLE }, { lane: 'bulk' });
  };
  const overHttp: Embed = async (bytes) => {
    await stack.deps.vision.embed({ bytes: async () => bytes }, { model, ...WHOLE }, { lane: 'bulk' });
  };
  await ours(direct, WARM_UP);
  await ours(overHttp, WARM_UP);
  const [mine, plain, best, http]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let run = 0; run < RUNS; run++) {
    mine.push(await ours(direct, IMAGES));
    best.push(peer('best'));
    plain.push(peer('plain'));
    http.push(await ours(overHttp, IMAGES));
  }
  close();
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const parts = [
    {
      name: 'against default settings',
      ours: median(mine),
      peer: median(plain),
      limit: 1.3,
      ratio: median(mine) / median(plain),
    },
    {
      name: 'against draft mode and two processes',
      ours: median(mine),
      peer: median(best),
      limit: 1,
      ratio: median(mine) / median(best),
    },
    {
      name: 'through HTTP, against draft mode and two processes without',
      ours: median(http),
      peer: median(best),
      ratio: median(http) / median(best),
    },
  ];
  process.stdout.write(`${JSON.stringify({ ...parts[0], name: 'embedding', runs: RUNS, parts })}\n`);
} finally {
  await stack.stop();
  await teardown();
  rmSync(folder, { recursive: true, force: true });
}

async function writePhotos(out: string): Promise<Buffer[]> {
  const options = { products: 60, seed: 3, size: 900, catalogViews: 0, streetPhotos: 1 };
  const bytes = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const { street } = await sampleProduct(options, i * 3);
      return sharp(street[0]?.jpeg).resize(1600, 1200, { fit: 'cover' }).jpeg({ quality: 88 }).toBuffer();
    }),
  );
  mkdirSync(path.join(out, 'photos'));
  for (const [i, each] of bytes.entries()) writeFileSync(path.join(out, 'photos', `${i}.jpg`), each);
  return bytes;
}

async function loadModel(out: string): Promise<ModelRef> {
  const manifest = modelManifestSchema.parse(JSON.parse(readFileSync(writeMobilenetManifest(out), 'utf8')));
  await stack.deps.objects.put('models/mobilenet.onnx', readFileSync(manifest.file));
  return { manifest, sha256: manifest.sha256, fileKey: 'models/mobilenet.onnx' };
}

async function ours(embed: Embed, count: number): Promise<number> {
  let next = 0;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    const room = Buffer.alloc(MARK + Math.max(...photos.map(({ length }) => length)));
    while (next < count) {
      // Other bytes each time, so that no cache of pixels helps.
      const photo = photos[next % photos.length] as Buffer;
      photo.copy(room);
      room.write(String(Math.random()).padEnd(MARK), photo.length);
      const bytes = room.subarray(0, photo.length + MARK);
      next += 1;
      await embed(bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (count / (performance.now() - began)) * 1000;
}

function peer(mode: 'plain' | 'best'): number {
  const out = execFileSync(
    python,
    [
      path.join(root, 'bench/embedding/peer.py'),
      mobilenetFile(),
      path.join(folder, 'photos'),
      mode,
      String(IMAGES),
    ],
    { encoding: 'utf8' },
  );
  return Number(out.trim());
}

function makeVenv(dir: string): string {
  const program = path.join(dir, 'bin/python');
  if (existsSync(path.join(dir, 'complete'))) return program;
  execFileSync('python3', ['-m', 'venv', dir], { stdio: 'inherit' });
  execFileSync(program, ['-m', 'pip', 'install', '-q', 'numpy', 'pillow', 'onnxruntime'], {
    stdio: ['ignore', 2, 2],
  });
  writeFileSync(path.join(dir, 'complete'), '');
  return program;
}

function mobilenetFile(): string {
  const name = readdirSync(shared('weights')).find((each) => each.startsWith('tf2_mobilenet_v2'));
  return shared('weights', name ?? '');
}

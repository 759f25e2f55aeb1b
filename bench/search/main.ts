import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeFrame, encodeFrame } from '@likeness/contracts/engine-frame';
import type { DetectResult, EmbedResult } from '@likeness/contracts/inference';
import { sampleProduct } from '@likeness/sample-data/generate';
import { writeSample } from '@likeness/sample-data/write/write-sample';
import { Agent, request } from 'undici';
import { likenessJson } from '../../tests/support/command-line.ts';
import { startProduct } from '../../tests/support/product.ts';
import { readParts } from './read-parts.ts';

// Search from end to end against the sum of what its two servers need for the same bytes in the same run.
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 600);
/** A fresh process interprets most of what a search runs; V8 has compiled it after some hundred of them. */
const WARMUP = 300;
const BOUNDARY = 'likeness-bench-boundary';
const agent = new Agent({ keepAliveTimeout: 30_000 });

const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-bench-search-'));
const product = await startProduct();
try {
  await writeSample({ products: 120, seed: 7, size: 800, catalogViews: 1, streetPhotos: 0, out: folder });
  const run = (...args: string[]): Promise<unknown> => likenessJson(product.dataDir, args);
  await run(
    'import',
    'bench',
    '--csv',
    path.join(folder, 'catalog.csv'),
    '--images',
    path.join(folder, 'images'),
  );
  await run('build', 'bench', '--promote');
  const options = { products: 120, seed: 7, size: 800, catalogViews: 0, streetPhotos: 1 };
  const photos = (
    await Promise.all([0, 9, 18, 27, 36, 45].map((index) => sampleProduct(options, index)))
  ).flatMap((each) => each.street.map((photo) => photo.jpeg));
  report(await measure(photos));
} finally {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
}

type Timed = { ours: number[]; sum: number[] };

/** Interleaved: one search over REST, then the same steps by hand against inference and engine. */
async function measure(photos: readonly Buffer[]): Promise<Timed> {
  const parts = await readParts(product.dataDir);
  const timed: Timed = { ours: [], sum: [] };
  for (let round = 0; round < ROUNDS + WARMUP; round++) {
    const photo = varied(photos[round % photos.length] as Buffer, round);
    const ours = await timeOf(() => search(photo));
    const sum = await byHand(parts, varied(photo, round + 1_000_000));
    if (round < WARMUP) continue;
    timed.ours.push(ours);
    timed.sum.push(sum);
  }
  return timed;
}

/** The same picture as other bytes (a comment after the end of image), so that no cache of pixels helps either side. */
function varied(photo: Buffer, round: number): Buffer {
  return Buffer.concat([photo, Buffer.from(`#${round}`)]);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function search(photo: Buffer): Promise<void> {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="image"; filename="photo.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), photo, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  const response = await request(`${product.url}/v1/search`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${product.apiKey}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
    dispatcher: agent,
  });
  const answer = (await response.body.json()) as { outcome?: string };
  if (answer.outcome !== 'found' && answer.outcome !== 'no_object') throw new Error(JSON.stringify(answer));
  if (String(response.headers.ratelimit).includes('r=0'))
    await new Promise((resolve) => setTimeout(resolve, 40));
}

/** detect + embed + engine over their own HTTP; gives the sum of the three. */
async function byHand(parts: Awaited<ReturnType<typeof readParts>>, photo: Buffer): Promise<number> {
  let [box, raster, vector]: [number[], string, Float32Array] = [[0, 0, 1, 1], '', new Float32Array(0)];
  const detect = await timeOf(async () => {
    const answer = await post(`${parts.inferenceUrl}/detect`, photo, {
      lane: 'interactive',
      detector: parts.detector,
    });
    const found = JSON.parse(answer.toString('utf8')) as DetectResult;
    raster = found.raster;
    box = found.objects[0]?.box ?? box;
  });
  const embed = await timeOf(async () => {
    const answer = await post(`${parts.inferenceUrl}/embed`, Buffer.alloc(0), {
      lane: 'interactive',
      raster,
      model: parts.encoder,
      boxes: [box],
      crop: { side: 400, enlarge: false },
    });
    const frame = decodeFrame(answer);
    vector = frame.vectors.subarray(0, (frame.header as EmbedResult).dims);
  });
  const engine = await timeOf(async () => {
    await post(
      `${parts.engineUrl}/collections/${parts.collection}/search`,
      encodeFrame({ dims: vector.length, limit: 20 }, vector),
      null,
    );
  });
  return detect + embed + engine;
}

async function post(url: string, body: Buffer, header: unknown): Promise<Buffer> {
  const headers: Record<string, string> = header
    ? { 'x-likeness-request': JSON.stringify(header), 'content-type': 'application/octet-stream' }
    : {};
  const answer = await request(url, { method: 'POST', body, headers, dispatcher: agent });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode >= 300) throw new Error(bytes.toString('utf8'));
  return bytes;
}

function report(timed: Timed): void {
  const quantile = (values: readonly number[], share: number): number =>
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  const cases = [
    { name: 'p50', share: 0.5, allowed: (sum: number) => Math.max(0.1 * sum, 8) },
    { name: 'p99', share: 0.99, allowed: (sum: number) => Math.max(0.25 * sum, 25) },
  ];
  const parts = cases.map(({ name, share, allowed }) => {
    const [ours, sum] = [quantile(timed.ours, share), quantile(timed.sum, share)];
    const overhead = Math.max(ours - sum, 0.01);
    return {
      name,
      ours,
      peer: sum,
      overhead_ms: ours - sum,
      allowed_ms: allowed(sum),
      ratio: allowed(sum) / overhead,
    };
  });
  const [headline] = parts;
  process.stdout.write(
    `${JSON.stringify({ name: 'search', ours: headline?.ours, peer: headline?.peer, limit: 1, ratio: headline?.ratio, runs: timed.ours.length, parts })}\n`,
  );
}

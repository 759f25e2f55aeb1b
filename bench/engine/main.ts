// `npm run bench -- engine [--seconds n]`: the embedded engine over its HTTP route, 100,000 × 384, product collapse on.
import { readFileSync } from 'node:fs';
import type { Point, SearchRequest } from '@likeness/contracts/engine';
import { createEmbeddedEngine } from '@likeness/search-core/engines/embedded/embedded-engine';
import type { VectorEngine } from '@likeness/search-core/engines/vector-engine';
import { startEngineProcess } from '@likeness/search-core/testing/engine-process';
import { clusteredVectors } from './clustered-vectors.ts';

const SHAPE = { dims: 384, clusters: 2000, count: 100_000, queries: 500 };
const IMAGES_OF_A_PRODUCT = 2;
const LIMIT = 10;
const IN_FLIGHT = 8;
const ROUNDS = 7;
const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const SECONDS = option('seconds', 1);
const NAME = 'bench-engine';

type Strategy = 'auto' | 'exact' | 'overfetch';
type Case = { name: string; filter: SearchRequest['filter'] };
const CASES: Case[] = [
  { name: 'no filter', filter: null },
  { name: 'filter passing 50 %', filter: { share: { lte: 49 } } },
  { name: 'filter passing 10 %', filter: { share: { lte: 9 } } },
  { name: 'filter passing 1 %', filter: { share: 0 } },
];

const { rows, queries } = clusteredVectors(SHAPE);
const queryAt = (i: number): Float32Array => {
  const first = (i % SHAPE.queries) * SHAPE.dims;
  return queries.subarray(first, first + SHAPE.dims);
};

async function load(engine: VectorEngine): Promise<number> {
  const began = performance.now();
  await engine.create(NAME, SHAPE.dims);
  for (let first = 0; first < SHAPE.count; first += 5000) {
    const points = Array.from({ length: 5000 }, (_, i): Point => {
      const product = Math.floor((first + i) / IMAGES_OF_A_PRODUCT);
      // A multiplicative hash, so that a share is spread evenly over all clusters.
      const share = Math.floor(((Math.imul(product + 1, 2654435761) >>> 0) / 2 ** 32) * 100);
      return { id: `img_${first + i}`, product: `prd_${product}`, hash: '', attributes: { share } };
    });
    const vectors = rows.subarray(first * SHAPE.dims, (first + 5000) * SHAPE.dims);
    await engine.upsert(NAME, { dims: SHAPE.dims, points, vectors });
  }
  await engine.seal(NAME);
  return (performance.now() - began) / 1000;
}

function ask(engine: VectorEngine, which: Case, how: { strategy: Strategy; query: number }) {
  const request = { limit: LIMIT, filter: which.filter ?? null, strategy: how.strategy };
  return engine.search(NAME, { vector: queryAt(how.query), request });
}

/** Answers a second with `IN_FLIGHT` requests under way, for `SECONDS` seconds. */
async function throughput(engine: VectorEngine, which: Case, strategy: Strategy): Promise<number> {
  let next = 0;
  let answered = 0;
  const began = performance.now();
  const until = began + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (performance.now() < until) {
        await ask(engine, which, { strategy, query: next++ });
        answered += 1;
      }
    }),
  );
  return answered / ((performance.now() - began) / 1000);
}

/** Share of the exact ten products that the chosen plan finds, over all queries; and the plan it took. */
async function recall(
  engine: VectorEngine,
  which: Case,
  strategy: Strategy,
): Promise<{ recall: number; plan: string }> {
  let found = 0;
  let wanted = 0;
  let plan = '';
  for (let query = 0; query < SHAPE.queries; query++) {
    const exact = await ask(engine, which, { strategy: 'exact', query });
    const answer = await ask(engine, which, { strategy, query });
    if (answer.hits.length !== LIMIT) throw new Error(`${answer.hits.length} products instead of ${LIMIT}`);
    plan = answer.plan;
    const products = new Set(exact.hits.map((hit) => hit.product));
    wanted += products.size;
    found += answer.hits.filter((hit) => products.has(hit.product)).length;
  }
  return { recall: found / wanted, plan };
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

async function measure(engine: VectorEngine, which: Case) {
  const runs: Record<Strategy, number[]> = { auto: [], exact: [], overfetch: [] };
  const strategies: Strategy[] = ['auto', 'exact', 'overfetch'];
  for (const strategy of strategies) await ask(engine, which, { strategy, query: 0 });
  for (let i = 0; i < ROUNDS; i++) {
    // Taken in turns, each round in another order, so that a busy moment of the machine hits all of them.
    for (const at of strategies.keys()) {
      const strategy = strategies[(at + i) % strategies.length] as Strategy;
      runs[strategy].push(await throughput(engine, which, strategy));
    }
  }
  const chosen = await recall(engine, which, 'auto');
  const forced = await recall(engine, which, 'overfetch');
  const ours = median(runs.auto);
  const peers = { exact: round(median(runs.exact), 1), overfetch: round(median(runs.overfetch), 1) };
  const part = {
    name: which.name,
    unit: 'searches/s',
    ours: round(ours, 1),
    peers,
    ratio: round(ours / Math.max(peers.exact, peers.overfetch)),
    plan: chosen.plan,
    recall: round(chosen.recall, 4),
    recallOverfetch: round(forced.recall, 4),
  };
  console.error(JSON.stringify(part));
  return part;
}

const residentMb = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

const server = await startEngineProcess();
try {
  const engine = createEmbeddedEngine({ url: server.url });
  const loadSeconds = await load(engine);
  console.error(`loaded and sealed in ${loadSeconds.toFixed(1)} s, ${residentMb(server.pid)} MB resident`);
  const parts = [];
  for (const which of CASES) parts.push(await measure(engine, which));
  const [plain, ...filtered] = parts;
  if (!plain) throw new Error('nothing was measured');
  const bars = [
    { name: 'no filter: searches/s, of 1,000', ratio: plain.ours / 1000, limit: 1 },
    { name: 'no filter: recall@10, of 0.99', ratio: plain.recall / 0.99, limit: 1 },
    ...filtered.flatMap((part) => [
      { name: `${part.name}: the better forced plan`, ratio: part.ratio, limit: 0.9 },
      { name: `${part.name}: searches/s, of 250`, ratio: part.ours / 250, limit: 1 },
      { name: `${part.name}: recall@10, of 0.99`, ratio: part.recall / 0.99, limit: 1 },
    ]),
  ].map((bar) => ({ ...bar, ratio: round(bar.ratio), pass: bar.ratio >= bar.limit }));
  console.log(
    JSON.stringify({
      name: 'engine: 100,000 × 384, ten products, no filter, over HTTP',
      unit: 'searches/s',
      ours: plain.ours,
      peer: 1000,
      limit: 1,
      ratio: round(plain.ours / 1000),
      runs: ROUNDS,
      parts: [
        ...parts,
        ...bars,
        { name: 'load and seal', seconds: round(loadSeconds, 1), residentMb: residentMb(server.pid) },
      ],
    }),
  );
  process.exitCode = bars.every((bar) => bar.pass) ? 0 : 1;
} finally {
  await server.stop();
}

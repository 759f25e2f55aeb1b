import { parseArgs } from 'node:util';
import { writeSample } from './write/write-sample.ts';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    size: { type: 'string', default: '800' },
    views: { type: 'string', default: '3' },
    street: { type: 'string', default: '2' },
  },
});
if (!values.out) {
  process.stderr.write(
    'Usage: sample-data --products 500 --seed 1 --out DIR [--size 800] [--views 3] [--street 2]\n',
  );
  process.exit(2);
}
const began = performance.now();
const counts = await writeSample({
  products: Number(values.products),
  seed: Number(values.seed),
  out: values.out,
  size: Number(values.size),
  catalogViews: Number(values.views),
  streetPhotos: Number(values.street),
  onProgress: (done, total) => done % 50 === 0 && process.stderr.write(`${done} of ${total}\n`),
});
process.stdout.write(`${JSON.stringify({ ...counts, seconds: (performance.now() - began) / 1000 })}\n`);

import { readFileSync } from 'node:fs';
import type { ModelManifest } from '@likeness/contracts/model-manifest';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';

// A process of its own: a model file may ask for any amount of time and memory before it is trusted.
env.logLevel = 'error';
const [file = '', manifestText = '{}'] = process.argv.slice(2);
const manifest = JSON.parse(manifestText) as ModelManifest;

try {
  process.stdout.write(JSON.stringify({ ok: true, dims: await probe() }));
} catch (error) {
  process.stdout.write(JSON.stringify({ ok: false, message: (error as Error).message.slice(0, 500) }));
}

async function probe(): Promise<number | null> {
  const session = await InferenceSession.create(readFileSync(file), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const { name, layout, width, height, dtype } = manifest.input;
  const dims = layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
  const size = 3 * height * width;
  const tensor =
    dtype === 'uint8'
      ? new Tensor('uint8', new Uint8Array(size).fill(128), dims)
      : new Tensor('float32', new Float32Array(size).fill(0.5), dims);
  const results = await session.run({ [name]: tensor });
  if (manifest.task === 'detect') return null;
  const output = results[manifest.output.embedding];
  if (!output) throw new Error(`the graph has no output "${manifest.output.embedding}"`);
  return output.size;
}

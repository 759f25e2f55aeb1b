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
  process.stdout.write(JSON.stringify({ ok: false, message: withoutFolders((error as Error).message) }));
}

/** The runtime names the files that a graph asks for; where they would lie on this machine is nobody's business. */
function withoutFolders(message: string): string {
  return message.replaceAll(/(?:\/[^\s/"']+)*\//g, '…/').slice(0, 500);
}

/** Any picture but a flat one: an honest encoder of edges may see nothing in that. */
function pixel(i: number): number {
  return Math.imul(i + 1, 2_654_435_761) >>> 24;
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
      ? new Tensor(
          'uint8',
          Uint8Array.from({ length: size }, (_, i) => pixel(i)),
          dims,
        )
      : new Tensor(
          'float32',
          Float32Array.from({ length: size }, (_, i) => pixel(i) / 255),
          dims,
        );
  const results = await session.run({ [name]: tensor });
  if (manifest.task === 'detect') return null;
  const output = results[manifest.output.embedding];
  if (!output) throw new Error(`the graph has no output "${manifest.output.embedding}"`);
  const length = (output.data as Float32Array).reduce((sum, value) => sum + value * value, 0);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY))
    throw new Error('its vector of a picture has no length (all zero, or not all numbers)');
  return output.size;
}

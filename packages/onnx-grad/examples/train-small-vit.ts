// node examples/train-small-vit.ts FOLDER [STEPS] [OUT.onnx]: trains a small vision transformer on FOLDER/<class>/*.jpg.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import { exportWeights } from '../src/export/export-weights.ts';
import { writeModel } from '../src/graph/write-model.ts';
import { accuracy, softmaxCrossEntropy } from '../src/losses/cross-entropy.ts';
import type { LossFunction } from '../src/losses/loss-scope.ts';
import { hashedTensor } from '../src/models/hashed-tensor.ts';
import { visionTransformer } from '../src/models/vision-transformer.ts';
import type { Runtime } from '../src/run/runtime.ts';
import { StepRunner } from '../src/run/step-runner.ts';
import { buildTrainingStep } from '../src/train/training-step.ts';

const [folder = '.', steps = '50', out] = process.argv.slice(2);
const [size, batch, width, perClass] = [64, 16, 96, 8];
const classes = readdirSync(folder).sort();

async function pixels(file: string): Promise<Float32Array> {
  const data = await sharp(file).resize(size, size).removeAlpha().toColourspace('srgb').raw().toBuffer();
  const area = size * size;
  return Float32Array.from(data, (_, i) => data[(i % area) * 3 + Math.floor(i / area)]! / 64 - 2);
}
const files = (name: string) => readdirSync(join(folder, name)).sort().slice(0, perClass);
const paths = classes.flatMap((name, label) =>
  files(name).map((file) => ({ label, path: join(folder, name, file) })),
);
const samples = await Promise.all(paths.map(async (p) => ({ label: p.label, image: await pixels(p.path) })));

const model = visionTransformer({ batch, size, patch: 8, width, depth: 4, heads: 4 });
const loss: LossFunction = (scope) => {
  const labels = scope.batch('labels', { dtype: 'int64', dims: [batch] });
  const head = scope.weight(
    'head',
    hashedTensor({ dims: [classes.length, width], seed: 9, deviation: 0.05 }),
  );
  const logits = scope.builder.op('Gemm', [scope.value('embedding'), head], { transB: 1 });
  const metrics = { accuracy: accuracy(scope.builder, { logits, labels }) };
  return { loss: softmaxCrossEntropy(scope.builder, { logits, labels, smoothing: 0.05 }), metrics };
};
const optimizer = { kind: 'adamw', weightDecay: 0.05, clipNorm: 1 } as const;
const step = buildTrainingStep({ model, trainable: () => true, loss, optimizer });
const runner = await StepRunner.create(ort as unknown as Runtime, { step });

for (let i = 0; i < Number(steps); i++) {
  const chosen = Array.from({ length: batch }, (_, k) => samples[((i * batch + k) * 37) % samples.length]!);
  const image = new Float32Array(batch * 3 * size * size);
  for (const [k, sample] of chosen.entries()) image.set(sample.image, k * sample.image.length);
  const labels = BigInt64Array.from(chosen, (sample) => BigInt(sample.label));
  const metrics = await runner.run({ image, labels, lr: 5e-4 * Math.min(1, (i + 1) / 10) });
  if (i % 10 === 9) console.log(JSON.stringify({ step: i + 1, ...metrics }));
}
const trained = new Map([...runner.read()].filter(([name]) => model.graph.initializers.has(name)));
if (out) writeFileSync(out, exportWeights(writeModel(model), trained));
process.exit(0);

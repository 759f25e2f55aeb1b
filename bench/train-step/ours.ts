// ours.ts CASE BATCH WARMUP STEPS [PROVIDER]: seconds of each step and peak memory, as one JSON line.
import { readFileSync } from 'node:fs';
import { float32Of } from '@likeness/onnx-grad/graph/tensor';
import { hashedTensor } from '@likeness/onnx-grad/models/hashed-tensor';
import type { Runtime, RuntimeData } from '@likeness/onnx-grad/run/runtime';
import { StepRunner } from '@likeness/onnx-grad/run/step-runner';
import * as ort from 'onnxruntime-node';
import { CASES } from './cases.ts';

const [name = 'vit', batchText = '8', warmText = '1', stepsText = '3', provider] = process.argv.slice(2);
const step = CASES[name]!(Number(batchText));
const providers = provider ? [provider, 'cpu'] : undefined;
const runner = await StepRunner.create(ort as unknown as Runtime, { step, threads: 2, providers });
const batch: Record<string, RuntimeData | number> = { lr: 1e-4 };
for (const info of step.batch) {
  const dims = info.dims as number[];
  const size = dims.reduce((a, b) => a * b, 1);
  batch[info.name] =
    info.dtype === 'int64'
      ? BigInt64Array.from({ length: size }, (_, i) => BigInt((i * 7) % 100))
      : float32Of(hashedTensor({ dims, seed: 5, deviation: 1 }));
}
const perCall = step.loop ?? 1;
const seconds: number[] = [];
let loss = 0;
for (let i = 0; i < Number(warmText) + Number(stepsText); i++) {
  const start = performance.now();
  loss = (await runner.run(batch)).loss!;
  if (i >= Number(warmText)) seconds.push((performance.now() - start) / 1000 / perCall);
}
if (!Number.isFinite(loss)) throw new Error(`the loss of ${name} became ${loss}`);
const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
console.log(JSON.stringify({ seconds, peakMb: peak ? Math.round(Number(peak) / 1024) : null, loss }));
process.exit(0);

import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ModelInput } from '@likeness/contracts/model-manifest';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { type InputTensor, toTensor } from '../preprocess/to-tensor.ts';

// `run()` blocks its thread (measured), which is why sessions live here and nowhere else.
env.logLevel = 'error';

export type RunRequest = {
  id: number;
  model: { sha256: string; file: string };
  input: ModelInput;
  /** Pixels of `count` pictures of the input's size, one behind the other, in memory shared with the pool. */
  pixels: SharedArrayBuffer;
  count: number;
  /** Names of outputs wanted; empty = all, by the graph's order. */
  outputs: string[];
};
export type RunAnswer =
  | { id: number; outputs: { name: string; dims: number[]; data: Float32Array }[]; ms: number }
  | { id: number; error: string };

const { provider } = workerData as { provider: string };
const sessions = new Map<string, InferenceSession>();
const SESSIONS_MAX = 8;
/** Of the last run; 600 KB a picture that the garbage collector need not see. */
let spent: InputTensor['data'] | null = null;

parentPort?.on('message', async (request: RunRequest) => {
  try {
    const answer = await run(request);
    const buffers = 'outputs' in answer ? answer.outputs.map(({ data }) => data.buffer as ArrayBuffer) : [];
    parentPort?.postMessage(answer, buffers);
  } catch (error) {
    parentPort?.postMessage({ id: request.id, error: (error as Error).message } satisfies RunAnswer);
  }
});

async function run(request: RunRequest): Promise<RunAnswer> {
  const session = await sessionOf(request.model);
  const { input, pixels, count } = request;
  const size = input.width * input.height * 3;
  const batch = Array.from({ length: count }, (_, i) => new Uint8Array(pixels, i * size, size));
  const { data, dims } = toTensor(batch, input, spent);
  spent = data;
  const tensor =
    data instanceof Uint8Array ? new Tensor('uint8', data, dims) : new Tensor('float32', data, dims);
  const began = performance.now();
  const names = request.outputs.length > 0 ? request.outputs : [...session.outputNames];
  const results = await session.run({ [input.name]: tensor }, names);
  const outputs = names.map((name) => {
    const tensor = results[name] as Tensor;
    return { name, dims: [...tensor.dims], data: new Float32Array(tensor.data as Float32Array) };
  });
  return { id: request.id, outputs, ms: performance.now() - began };
}

/** The session of a model; made from bytes, so that external data files are never looked for. */
async function sessionOf(model: RunRequest['model']): Promise<InferenceSession> {
  const known = sessions.get(model.sha256);
  if (known) return known;
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  };
  const bytes = readFileSync(model.file);
  const providers = provider === 'cuda' ? [{ name: 'cuda', deviceId: 0 } as const, 'cpu'] : ['cpu'];
  const session = await InferenceSession.create(bytes, { ...options, executionProviders: providers }).catch(
    (error) => {
      if (provider !== 'cuda') throw error;
      return InferenceSession.create(bytes, { ...options, executionProviders: ['cpu'] });
    },
  );
  const oldest = sessions.keys().next().value;
  if (sessions.size >= SESSIONS_MAX && oldest !== undefined) {
    void sessions.get(oldest)?.release();
    sessions.delete(oldest);
  }
  sessions.set(model.sha256, session);
  return session;
}

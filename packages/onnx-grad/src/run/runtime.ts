/** The part of onnxruntime-node (or -web) that this library calls; pass the module itself. */
export interface Runtime {
  InferenceSession: {
    create(model: Uint8Array, options?: Record<string, unknown>): Promise<RuntimeSession>;
  };
  Tensor: new (type: string, data: RuntimeData, dims: readonly number[]) => RuntimeTensor;
}

export type RuntimeData = Float32Array | BigInt64Array | Int32Array | Uint8Array | Float64Array;

export interface RuntimeTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

export interface RuntimeSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Record<string, RuntimeTensor>,
    fetches?: Record<string, RuntimeTensor | null>,
  ): Promise<Record<string, RuntimeTensor>>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /** Cores for one step. Default: the runtime's own choice. */
  threads?: number;
  /** Execution providers, e.g. ['cuda', 'cpu']. Default: the runtime's own (CPU). */
  providers?: string[];
}

export function sessionOptions(options: SessionOptions): Record<string, unknown> {
  return {
    graphOptimizationLevel: 'all',
    // Planned memory costs a third more of it, and a slow second step while the plan is first laid out.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(options.threads ? { intraOpNumThreads: options.threads } : {}),
    ...(options.providers ? { executionProviders: options.providers } : {}),
  };
}

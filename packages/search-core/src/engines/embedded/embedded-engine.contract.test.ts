import { describeEngineContract } from '../../testing/engine-contract.ts';
import { startEngineProcess } from '../../testing/engine-process.ts';
import { createEmbeddedEngine } from './embedded-engine.ts';

describeEngineContract('embedded, over HTTP to a process of its own', async () => {
  const server = await startEngineProcess();
  return { engine: createEmbeddedEngine({ url: server.url }), stop: server.stop };
});

describeEngineContract('embedded, with an HNSW index over everything', async () => {
  const server = await startEngineProcess({ hnswFrom: 1 });
  return { engine: createEmbeddedEngine({ url: server.url }), stop: server.stop };
});

import { createHash } from 'node:crypto';
import { startBuild } from '@likeness/core/index-version/start-build';
import { OnnxWriter } from '@likeness/vision/models/onnx-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';

let { stack, rest, ctx, key } = {} as RestTenant;
beforeAll(async () => {
  ({ stack, rest, ctx, key } = await openRestTenant('modeller'));
}, 120_000);
afterAll(() => stack?.stop());

const SIDE = 8;

/** An encoder of three numbers: what `then` makes of the mean of each colour, which lies in 0..1. */
function encoderOf(then: (onnx: OnnxWriter, mean: string) => string): Uint8Array {
  const onnx = new OnnxWriter();
  const mean = onnx.node('GlobalAveragePool', ['input']);
  return onnx.finish({
    name: 'three',
    input: { name: 'input', dims: ['n', 3, SIDE, SIDE] },
    output: { name: 'output', dims: ['n', 3], from: onnx.node('Flatten', [then(onnx, mean)]) },
    opset: 17,
  });
}

const times = (factor: number) => encoderOf((onnx, mean) => onnx.node('Mul', [mean, onnx.scalar(factor)]));

function add(id: string, bytes: Uint8Array) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const manifest = {
    ...{ id, task: 'embed', file: 'model.onnx', sha256, license: 'CC0', source: 'made by a test' },
    input: {
      ...{ name: 'input', layout: 'NCHW', dtype: 'float32', width: SIDE, height: SIDE },
      ...{ resize: 'squash', kernel: 'bilinear', mean: [0, 0, 0], std: [255, 255, 255] },
    },
    output: { embedding: 'output', dims: 3 },
  };
  const form = new FormData();
  form.set('manifest', JSON.stringify(manifest));
  form.set('file', new Blob([Buffer.from(bytes)]), 'model.onnx');
  return rest.call('POST', '/v1/models', { key, form });
}

describe('an encoder that cannot tell pictures apart', () => {
  it('is refused when it is added: a vector of zeros or of no numbers is none', async () => {
    expect((await add('plain', times(1))).status).toBe(201);
    for (const factor of [0, Number.NaN, Number.POSITIVE_INFINITY])
      expect([factor, errorCode(await add(`times-${factor}`, times(factor)))]).toEqual([
        factor,
        'model_rejected',
      ]);
  }, 60_000);

  it('takes nothing live away: a build in which no picture could be read is kept and not published', async () => {
    const shop = await openSmallShop(stack, ctx);
    // No number for pictures that are lighter than the one it is tried with: goods on a white ground.
    const bytes = encoderOf((onnx, mean) => onnx.node('Sqrt', [onnx.node('Sub', [onnx.scalar(0.55), mean])]));
    expect((await add('dark-only', bytes)).status).toBe(201);
    const { indexVersionId } = await startBuild(ctx, {
      catalog: shop.catalogId,
      embed: 'dark-only',
      detect: 'none',
      promote: true,
    });
    await expect(stack.work(ctx, handlers)).rejects.toMatchObject({ code: 'index_not_ready' });
    const [catalog, version] = await stack.deps.db.tenant(ctx.tenantId, async (tx) => [
      await tx.catalog.findFirstOrThrow({ where: { id: shop.catalogId } }),
      await tx.indexVersion.findFirstOrThrow({ where: { id: indexVersionId } }),
    ]);
    expect(catalog.liveIndexVersionId).toBe(shop.indexVersionId);
    expect(version).toMatchObject({ state: 'ready', products: 0, images: 0 });
    expect(version.failures).toHaveLength(12);
  }, 60_000);
});

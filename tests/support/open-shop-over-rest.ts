import { setTimeout as sleep } from 'node:timers/promises';
import { COLOURS, drawGood } from './drawn-goods.ts';
import type { Product } from './product.ts';

/** A REST call with the first key of a started product. */
export function send(
  product: Pick<Product, 'url' | 'apiKey'>,
  address: string,
  {
    body,
    signal,
    method = body ? 'POST' : 'GET',
  }: { body?: object; signal?: AbortSignal; method?: string } = {},
): Promise<Response> {
  return fetch(`${product.url}${address}`, {
    method,
    headers: { authorization: `Bearer ${product.apiKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(signal ? { signal } : {}),
  });
}

/** The answer's JSON; a refusal is an error that shows it. */
export async function sendJson<T>(product: Product, address: string, body?: object): Promise<T> {
  const answer = await send(product, address, body ? { body } : {});
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

/** A catalogue `shop` of drawn goods, built and live. */
export async function openShopOverRest(product: Product): Promise<void> {
  await fillShopOverRest(product);
  await buildOverRest(product, { promote: true });
}

/** The same goods, with no version of them yet. */
export async function fillShopOverRest(product: Product): Promise<void> {
  await sendJson(product, '/v1/catalogs', { name: 'shop' });
  const products = await Promise.all(
    Object.entries(COLOURS).map(async ([id, colour]) => ({
      product_id: id,
      title: id,
      images: [{ name: `${id}.jpg`, data: (await drawGood(colour)).toString('base64') }],
    })),
  );
  await sendJson(product, '/v1/products:batch', { catalog: 'shop', products });
}

/** Builds `shop` once more and gives the version's id. */
export async function buildOverRest(product: Product, options: object): Promise<string> {
  const { job_id: id } = await sendJson<{ job_id: string }>(product, '/v1/catalogs/shop/builds', options);
  for (;;) {
    const job = await sendJson<{ state: string; result?: { index_version: string } }>(
      product,
      `/v1/jobs/${id}`,
    );
    if (job.state === 'failed') throw new Error(`the build failed: ${JSON.stringify(job)}`);
    if (job.result) return job.result.index_version;
    await sleep(100);
  }
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ZipFile } from 'yazl';
import { COLOURS, drawGood } from './drawn-goods.ts';

/** goods.csv, goods.zip with two pictures a product, and a photo of the violet one. */
export async function drawShop(folder: string): Promise<void> {
  const zip = new ZipFile();
  const lines = ['product_id,title,category,price,image,material'];
  for (const [name, colour] of Object.entries(COLOURS)) {
    zip.addBuffer(await drawGood(colour), `${name}.jpg`);
    zip.addBuffer(await drawGood(colour, 2), `${name}-2.jpg`);
    lines.push(`${name},The ${name} one,hats,12.50,${name}.jpg,felt`);
    lines.push(`${name},The ${name} one,hats,12.50,${name}-2.jpg,felt`);
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  writeFileSync(path.join(folder, 'goods.zip'), Buffer.concat(chunks));
  writeFileSync(path.join(folder, 'goods.csv'), `${lines.join('\n')}\n`);
  writeFileSync(path.join(folder, 'street.jpg'), await drawGood(COLOURS.violet, 1));
}

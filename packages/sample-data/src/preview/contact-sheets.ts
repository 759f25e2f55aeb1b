import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { textOf } from '../catalog/product-text.ts';
import type { SampleProduct } from '../generate.ts';
import { STREET_GROUPS, type StreetGroup } from '../street/groups.ts';
import { type Caption, drawSheet, INK, type Sheet, type Tile } from './sheet.ts';

/** Enough to judge a sample by; a larger one is shown by its first products, so that memory stays flat. */
const LIMITS = { catalogPages: 3, catalogTiles: 40, streetTiles: 12, families: 8, familiesNoted: 48 };
const SIDE = { catalog: 232, street: 300, family: 232 };

type Member = { front: Tile; detail: Tile | null };

/** Contact sheets of a sample: notes names while it is made, draws from its files when it is done. */
export class ContactSheets {
  readonly #out: string;
  readonly #origin: string;
  readonly #catalog: Tile[] = [];
  readonly #street = new Map<StreetGroup, Tile[]>();
  readonly #families: Member[][] = [];
  #family: { number: number; members: Member[] } = { number: -1, members: [] };

  constructor(sample: { out: string; seed: number; products: number }) {
    this.#out = sample.out;
    this.#origin = `seed ${sample.seed} · ${sample.products} products`;
  }

  note(product: SampleProduct): void {
    const [first] = product.pictures;
    if (first && this.#catalog.length < LIMITS.catalogPages * LIMITS.catalogTiles)
      this.#catalog.push(this.#tile(first.name, titled(product)));
    this.#noteSibling(product);
    for (const { name, group, truth } of product.street) {
      const tiles = this.#street.get(group) ?? [];
      this.#street.set(group, tiles);
      if (tiles.length >= LIMITS.streetTiles) continue;
      const variant = product.spec.variants.find((each) => each.variantId === truth[0]?.variantId);
      const shown = variant ? textOf(product.spec, variant).title : 'nothing that is sold here';
      const captions = [strong(shown), soft(`${product.spec.productId} · ${product.spec.kind}`)];
      tiles.push({ ...this.#tile(name, captions), boxes: truth.map(({ box }) => box) });
    }
  }

  /** Writes `preview/*.jpg`. */
  async write(): Promise<void> {
    this.#closeFamily();
    await mkdir(path.join(this.#out, 'preview'), { recursive: true });
    for (let page = 0; page * LIMITS.catalogTiles < this.#catalog.length; page++) {
      const from = page * LIMITS.catalogTiles;
      const tiles = this.#catalog.slice(from, from + LIMITS.catalogTiles);
      const title = `Catalogue, products ${from + 1} to ${from + tiles.length}`;
      await this.#save(`catalog-${String(page + 1).padStart(2, '0')}`, {
        ...{ title, columns: Math.min(8, tiles.length), side: SIDE.catalog, tiles },
      });
    }
    for (const group of STREET_GROUPS) {
      const tiles = this.#street.get(group);
      if (!tiles) continue;
      const title = `Street photos: ${group.replaceAll('_', ' ')}`;
      await this.#save(`street-${group}`, {
        title,
        columns: Math.min(4, tiles.length),
        side: SIDE.street,
        tiles,
        legend: ' · the wanted product is marked in orange',
      });
    }
    // Families of three fill a row; a sample too small for them shows all that it has.
    const threes = this.#families.filter((members) => members.length === 3);
    const families = (threes.length > 3 ? threes : this.#families).slice(0, LIMITS.families);
    const columns = 2 * Math.max(0, ...families.map((members) => members.length));
    if (columns > 0)
      await this.#save('families', {
        title: 'Families: siblings differ in one detail',
        columns,
        side: SIDE.family,
        tiles: families.flatMap((members) => inRow(members, columns)),
      });
  }

  #noteSibling({ spec, text, pictures }: SampleProduct): void {
    if (spec.family !== this.#family.number) {
      this.#closeFamily();
      this.#family = { number: spec.family, members: [] };
    }
    const [front] = pictures;
    if (!front) return;
    const detail = pictures.find((each) => each.view === 'detail' && each.variantId === front.variantId);
    this.#family.members.push({
      front: this.#tile(front.name, [strong(text.title), soft(text.attributes.detail)]),
      detail: detail ? this.#tile(detail.name, [strong(text.attributes.detail), soft(spec.productId)]) : null,
    });
  }

  /** Families whose detail can be seen from near are the ones to show. */
  #closeFamily(): void {
    const { members } = this.#family;
    if (
      members.length > 1 &&
      members.every((each) => each.detail) &&
      this.#families.length < LIMITS.familiesNoted
    )
      this.#families.push(members);
    this.#family = { number: -1, members: [] };
  }

  #tile(name: string, captions: readonly Caption[]): Tile {
    return { file: path.join(this.#out, 'images', name), captions };
  }

  async #save(
    name: string,
    { legend = '', ...sheet }: Omit<Sheet, 'subtitle'> & { legend?: string },
  ): Promise<void> {
    const jpeg = await drawSheet({ ...sheet, subtitle: `${this.#origin}${legend}` });
    await writeFile(path.join(this.#out, 'preview', `${name}.jpg`), jpeg);
  }
}

const strong = (text: string): Caption => ({ text, face: 'plain', size: 17, fill: INK.strong });
const soft = (text: string): Caption => ({ text, face: 'plain', size: 15, fill: INK.soft });

const titled = ({ text }: SampleProduct): Caption[] => [
  strong(text.title),
  { text: text.titleZh, face: 'block', size: 17, fill: INK.soft },
  soft(`${text.category} · ${text.price.toFixed(2)}`),
];

/** Siblings, then their details, in one row. */
const inRow = (members: readonly Member[], columns: number): (Tile | null)[] => {
  const tiles = [...members.map((each) => each.front), ...members.map((each) => each.detail)];
  return Array.from({ length: columns }, (_, i) => tiles[i] ?? null);
};

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shared } from './shared-data.ts';

type CatalogEntry = {
  class_id: number;
  class_name: string;
  coarse_name: string;
  group: string;
  iconic: string;
};

export type GroceryFiles = { catalogCsv: string; queriesCsv: string; images: string };

/**
 * The grocery protocols as the CSV files of the contract: 81 catalogue pictures, and test photos with the
 * groups `unseen` and `packages`.
 * @param every takes each n-th test photo only (1 = all 2,485)
 */
export function writeGrocery(folder: string, every = 1): GroceryFiles {
  const images = shared('data/grocery');
  const catalog = JSON.parse(readFileSync(path.join(images, 'catalog.json'), 'utf8')) as CatalogEntry[];
  const protocol = JSON.parse(readFileSync(path.join(images, 'protocol.json'), 'utf8')) as {
    unseen: (number | string)[];
  };
  const idOf = new Map(catalog.map((entry) => [entry.class_name, entry.class_id]));
  const unseen = new Set(protocol.unseen.map((each) => (typeof each === 'number' ? each : idOf.get(each))));
  const packages = new Set(
    catalog.filter((entry) => entry.group === 'Packages').map((entry) => entry.class_id),
  );

  const products = catalog.map((entry) =>
    [entry.class_id, entry.iconic, entry.class_name, entry.coarse_name].join(','),
  );
  const queries = readFileSync(path.join(images, 'test.txt'), 'utf8')
    .trim()
    .split('\n')
    .filter((_, index) => index % every === 0)
    .map((line) => {
      const [image, id] = line.split(',').map((cell) => cell.trim());
      const groups = [unseen.has(Number(id)) && 'unseen', packages.has(Number(id)) && 'packages'].filter(
        Boolean,
      );
      return `${image},${id},${groups.join('|')}`;
    });
  const catalogCsv = path.join(folder, 'grocery-catalog.csv');
  const queriesCsv = path.join(folder, 'grocery-queries.csv');
  writeFileSync(catalogCsv, `product_id,image,title,category\n${products.join('\n')}\n`);
  writeFileSync(queriesCsv, `image,product_id,groups\n${queries.join('\n')}\n`);
  return { catalogCsv, queriesCsv, images };
}

'use client';
import { csvCell } from '@likeness/contracts/csv-cell';
import { useTranslations } from 'next-intl';

/** Two products, one with two pictures; every column that is understood by its name, and one that becomes an attribute. */
const ROWS = [
  ['product_id', 'title', 'image', 'category', 'price', 'color'],
  ['SHOE-1', 'Red running shoe', 'shoe-1-side.jpg|shoe-1-top.jpg', 'shoes', '89.90', 'red'],
  ['BAG-7', 'Leather bag', 'bag-7.jpg', 'bags', '129', 'brown'],
];
const EXAMPLE = `data:text/csv;charset=utf-8,${encodeURIComponent(ROWS.map((row) => row.map(csvCell).join(',')).join('\r\n'))}`;

/** A table to begin from. */
export function ExampleTable() {
  const t = useTranslations('catalogs.import');
  return (
    <a className="link meta" download="catalog-example.csv" href={EXAMPLE}>
      {t('example')}
    </a>
  );
}

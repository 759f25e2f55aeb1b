'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { FoundProduct, SearchView } from '../../server/view/search-view.ts';
import { Dialog } from '../dialog.tsx';
import { Crop } from './crop.tsx';
import type { Shown } from './results.tsx';

type Props = { product: FoundProduct; answer: SearchView; photo: Shown; onClose(): void };

/** For developers: the two crops, the score, and which model and index made it. */
export function WhyMatch({ product, answer, photo, onClose }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const score = format.number(product.score, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const rows = [
    [t('tester.rank'), String(product.rank)],
    ['product_id', product.productId],
    [t('tester.model'), answer.modelVersion],
    [t('tester.index'), answer.indexVersion],
    [t('tester.request'), answer.requestId],
  ];
  return (
    <Dialog label={t('tester.whyTitle')} onClose={onClose} side>
      <h2>{product.title}</h2>
      <div className="pair wide">
        {photo && answer.box && (
          <span className="print">
            <Crop url={photo.url} box={answer.box} image={photo} label={t('tester.yourCrop')} />
          </span>
        )}
        <span className="print marked">
          {product.url && <img src={product.url} alt={t('tester.matchedCrop')} />}
          {product.box && (
            <i
              style={{
                left: `${product.box[0] * 100}%`,
                top: `${product.box[1] * 100}%`,
                width: `${(product.box[2] - product.box[0]) * 100}%`,
                height: `${(product.box[3] - product.box[1]) * 100}%`,
              }}
            />
          )}
        </span>
      </div>
      <p className="fig">
        {score} <span className="t3 meta">{t('tester.score')}</span>
      </p>
      <span className="track">
        <i style={{ width: `${product.score * 100}%` }} />
      </span>
      <p className="t2 meta" style={{ margin: '8px 0 16px' }}>
        {t('tester.scoreNote')}
      </p>
      <table>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <td className="t2">{name}</td>
              <td className="mono">{value}</td>
            </tr>
          ))}
          {Object.entries(product.attributes).map(([name, value]) => (
            <tr key={`attribute ${name}`}>
              <td className="t2">{name}</td>
              <td>{String(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="end">
        <button type="button" className="btn" onClick={onClose}>
          {t('state.close')}
        </button>
      </div>
    </Dialog>
  );
}

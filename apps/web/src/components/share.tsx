import { useFormatter, useTranslations } from 'next-intl';
import {
  COUNTED_BELOW,
  type Measured,
  percentNumber,
  plusMinus,
  shareText,
  THIN,
} from './numbers/measured-share.ts';

/** A share with how sure it is: "64.7 % ± 3.8"; fewer than 30 are counted, not per cent. */
export function Share({ bold = true, ...measured }: Measured & { bold?: boolean }) {
  const format = useFormatter();
  const t = useTranslations('number');
  const { share, n } = measured;
  if (n < COUNTED_BELOW) {
    const text = shareText(format, (values) => t('countOf', values), measured);
    return bold ? <b>{text}</b> : text;
  }
  const half = plusMinus(format, measured);
  const text = percentNumber(format, share, n);
  return (
    <span className="nowrap">
      {bold ? <b>{text}</b> : text}
      {`${THIN}%`}
      {half && <span className="t3"> {half}</span>}
    </span>
  );
}

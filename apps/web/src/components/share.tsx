import { useFormatter } from 'next-intl';

type Props = { share: number; n: number; ci?: [number, number] | undefined; bold?: boolean };

/** A share with on how many it stands and how sure it is: "64.7 % ± 3.8"; fewer than 30 are counted, not per cent. */
export function Share({ share, n, ci, bold = true }: Props) {
  const format = useFormatter();
  if (n < 30)
    return (
      <>
        <b>{format.number(Math.round(share * n))}</b> / {format.number(n)}
      </>
    );
  const digits = n >= 200 ? 1 : 0;
  const text = format.number(share * 100, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const half = ci ? ((ci[1] - ci[0]) / 2) * 100 : null;
  return (
    <>
      {bold ? <b>{text}</b> : text}
      {'\u202f%'}
      {half !== null && (
        <span className="t3">
          {' '}
          ± {format.number(half, { maximumFractionDigits: 1, minimumFractionDigits: 1 })}
        </span>
      )}
    </>
  );
}

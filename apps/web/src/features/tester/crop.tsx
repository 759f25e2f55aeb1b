import type { Box } from '@likeness/contracts/box';

/** The part of a photo inside a box, drawn from the whole photo by the browser. */
export function Crop({ url, box, aspect }: { url: string; box: Box; aspect: number }) {
  const [x1, y1, x2, y2] = box;
  const [w, h] = [Math.max(0.001, x2 - x1), Math.max(0.001, y2 - y1)];
  const wide = (w / h) * aspect >= 1;
  const [bw, bh] = [100 / w, 100 / h];
  const place = (start: number, span: number): string =>
    span >= 0.999 ? '0%' : `${(start / (1 - span)) * 100}%`;
  return (
    <span className="print crop">
      <span
        style={{
          aspectRatio: String((w / h) * aspect),
          width: wide ? '100%' : 'auto',
          height: wide ? 'auto' : '100%',
          backgroundImage: `url("${url}")`,
          backgroundSize: `${bw}% ${bh}%`,
          backgroundPosition: `${place(x1, w)} ${place(y1, h)}`,
        }}
      />
    </span>
  );
}

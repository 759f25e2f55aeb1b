import type { Box } from '@likeness/contracts/box';

type Props = { url: string; box: Box; image: { width: number; height: number }; label?: string };

/** One part of a photo, filling its place. */
export function Crop({ url, box: [x1, y1, x2, y2], image, label }: Props) {
  const { width, height } = image;
  const view = [x1 * width, y1 * height, (x2 - x1) * width, (y2 - y1) * height].join(' ');
  return (
    <svg
      viewBox={view}
      preserveAspectRatio="xMidYMid slice"
      width="100%"
      height="100%"
      role="img"
      aria-label={label ?? ''}
      aria-hidden={label ? undefined : true}
    >
      <image href={url} width={width} height={height} preserveAspectRatio="none" />
    </svg>
  );
}

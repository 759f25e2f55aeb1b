/** A picture of goods on its paper; the colour average stands in until it is there. */
export function Picture({
  url,
  alt,
  color,
  whole,
}: {
  url: string | null;
  alt: string;
  color?: string | null;
  whole?: boolean;
}) {
  return (
    <span className={whole ? 'print whole' : 'print'} style={color ? { backgroundColor: color } : undefined}>
      {url && <img src={url} alt={alt} loading="lazy" decoding="async" />}
    </span>
  );
}

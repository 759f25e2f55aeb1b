/** Upright sRGB pixels: `data` is rgbrgb…, 8 bits each, width × height × 3 bytes, rows from the top. */
export type Raster = { width: number; height: number; data: Uint8Array };

/** What is known of an upload beside its pixels. */
export type ImageFacts = { width: number; height: number; sha256: string };

/** What libvips gives as grey becomes rgb; three channels stay as they are. */
export function toThreeChannels(
  data: Uint8Array,
  info: { width: number; height: number; channels: number },
): Raster {
  const { width, height, channels } = info;
  if (channels === 3) return { width, height, data };
  const out = new Uint8Array(width * height * 3);
  for (let i = 0, o = 0; i < data.length; i += channels, o += 3) out.fill(data[i] as number, o, o + 3);
  return { width, height, data: out };
}

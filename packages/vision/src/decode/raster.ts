/** Upright sRGB pixels: `data` is rgbrgb…, 8 bits each, width × height × 3 bytes, rows from the top. */
export type Raster = { width: number; height: number; data: Uint8Array };

/** What is known of an upload beside its pixels. */
export type ImageFacts = { width: number; height: number; sha256: string };

declare module 'opentype.js' {
  export type Command = {
    type: 'M' | 'L' | 'Q' | 'C' | 'Z';
    x?: number;
    y?: number;
    x1?: number;
    y1?: number;
    x2?: number;
    y2?: number;
  };
  export type Glyph = {
    advanceWidth: number;
    getPath(x: number, y: number, size: number): { commands: Command[] };
  };
  export type Font = { unitsPerEm: number; charToGlyph(char: string): Glyph };
  export function parse(file: ArrayBuffer, options?: { lowMemory?: boolean }): Font;
  const opentype: { parse: typeof parse };
  export default opentype;
}

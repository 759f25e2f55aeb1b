import { appendFileSync } from 'node:fs';

/** `npm run prove -- N` asks for full counts; `npm test` runs the same assertions in short form. */
export const full = process.env.PROVE === 'full';

/** What a test of a guarantee measured: one line to read, and for `npm run prove` its closing figures. */
export function figure(property: number, measured: { figure: string; limit: string }): void {
  process.stdout.write(`property ${property}: ${measured.figure} (limit: ${measured.limit})\n`);
  const file = process.env.PROVE_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ property, ...measured })}\n`);
}

import { z } from 'zod';

/** A box as fractions of the upright image, `[x1, y1, x2, y2]`, 0 ≤ x1 < x2 ≤ 1 and 0 ≤ y1 < y2 ≤ 1. */
export const boxSchema = z
  .tuple([
    z.number().min(0).max(1),
    z.number().min(0).max(1),
    z.number().min(0).max(1),
    z.number().min(0).max(1),
  ])
  .refine(([x1, y1, x2, y2]) => x1 < x2 && y1 < y2, { message: 'x1 < x2 and y1 < y2 must hold' });
export type Box = [number, number, number, number];

/** A point as fractions of the upright image, `[x, y]` in 0..1. */
export const pointSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);
export type Point = [number, number];

export const WHOLE_IMAGE: Box = [0, 0, 1, 1];

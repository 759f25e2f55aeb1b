import { describe, expect, test } from 'vitest';
import { ProgressMeter } from './progress-meter.ts';

describe('ProgressMeter', () => {
  test('within a phase done never goes back and never exceeds the total, also after a restart', () => {
    const meter = new ProgressMeter({ phase: 'embed', done: 50, total: 100, eta_seconds: 3 });
    expect(meter.report({ phase: 'embed', done: 10, total: 100 }).done).toBe(50);
    expect(meter.report({ phase: 'embed', done: 60, total: 100 }).done).toBe(60);
    expect(meter.report({ phase: 'embed', done: 101, total: 100 }).done).toBe(100);
    expect(meter.report({ phase: 'publish', done: 0, total: 2 }).done).toBe(0);
  });

  test('the time left comes from the pace of this run alone', () => {
    let now = 0;
    const meter = new ProgressMeter({ phase: 'embed', done: 50, total: 100, eta_seconds: null }, () => now);
    expect(meter.report({ phase: 'embed', done: 50, total: 100 }).eta_seconds).toBeNull();
    now = 5000;
    expect(meter.report({ phase: 'embed', done: 60, total: 100 }).eta_seconds).toBe(20);
    now = 10_000;
    expect(meter.report({ phase: 'embed', done: 100, total: 100 }).eta_seconds).toBe(0);
  });
});

import type { ProductSpec } from '../product-spec.ts';
import { Random } from '../random.ts';
import type { Drawing, Paint } from './paint.ts';

/** Printed lines that stand for words: their lengths are the only difference between some siblings. */
function print(spec: ProductSpec, box: { x: number; y: number; width: number }, colour: string): string {
  const r = new Random('print', spec.family, spec.detail);
  return Array.from({ length: 4 }, (_, i) => {
    const width = box.width * r.between(0.35, 1);
    return `<rect x="${box.x + (box.width - width) / 2}" y="${box.y + i * 30}" width="${width}" height="${i === 0 ? 20 : 11}" rx="4" fill="${colour}"/>`;
  }).join('');
}

export function drawBottle(spec: ProductSpec, p: Paint): Drawing {
  const half = 120 + spec.length * 50;
  const shoulder = 330 + spec.curve * 60;
  const top = 110 + (1 - spec.height) * 60;
  const path = `M${500 - 52} ${top + 70}V${shoulder - 90}Q${500 - half} ${shoulder - 40} ${500 - half} ${shoulder + 40}V880Q${500 - half} 910 ${500 - half + 40} 912H${500 + half - 40}Q${500 + half} 910 ${500 + half} 880V${shoulder + 40}Q${500 + half} ${shoulder - 40} 552 ${shoulder - 90}V${top + 70}Z`;
  const label = `<rect x="${500 - half}" y="520" width="${half * 2}" height="270" fill="${p.fill({ h: 45, s: 0.25, l: 0.94 })}"/><rect x="${500 - half}" y="520" width="${half * 2}" height="40" fill="${p.fill(p.second)}"/>${p.emblem(500, 610, 42)}${print(spec, { x: 500 - half + 30, y: 668, width: half * 2 - 60 }, p.fill(p.accent, -0.1))}`;
  const body = `<path d="${path}" fill="${p.fill(p.main)}"/>${label}<path d="${path}" fill="${p.barrel()}" stroke="#000" stroke-opacity=".3" stroke-width="3"/><rect x="440" y="${top}" width="120" height="80" rx="10" fill="${p.fill(p.accent)}"/><rect x="440" y="${top}" width="120" height="80" rx="10" fill="${p.barrel()}"/>`;
  return { defs: p.defs, body, bounds: [500 - half, top, 500 + half, 912] };
}

export function drawCan(spec: ProductSpec, p: Paint): Drawing {
  const half = 180 + spec.length * 50;
  const top = 250 - spec.height * 60;
  const low = 800;
  const side = `M${500 - half} ${top}V${low}Q500 ${low + 70} ${500 + half} ${low}V${top}Z`;
  const body = `<path d="${side}" fill="${p.cloth()}"/><path d="M${500 - half} ${top + 130}Q500 ${top + 200} ${500 + half} ${top + 130}V${low - 110}Q500 ${low - 40} ${500 - half} ${low - 110}Z" fill="${p.fill({ h: 45, s: 0.2, l: 0.93 })}"/>${p.emblem(500, top + 270, 70)}${print(spec, { x: 500 - half + 60, y: top + 370, width: half * 2 - 120 }, p.fill(p.second, -0.1))}<path d="${side}" fill="${p.barrel()}" stroke="#000" stroke-opacity=".3" stroke-width="3"/><ellipse cx="500" cy="${top}" rx="${half}" ry="48" fill="#c9ccd1"/><ellipse cx="500" cy="${top}" rx="${half - 22}" ry="36" fill="#a9adb3"/><ellipse cx="500" cy="${top + 3}" rx="${half - 34}" ry="29" fill="#d7dade"/>`;
  return { defs: p.defs, body, bounds: [500 - half, top - 48, 500 + half, low + 35] };
}

export function drawBox(spec: ProductSpec, p: Paint): Drawing {
  const width = 380 + spec.length * 120;
  const depth = 110 + spec.curve * 60;
  const [left, top, low] = [190, 240 - spec.height * 50, 860];
  const right = left + width;
  const front = `M${left} ${top}H${right}V${low}H${left}Z`;
  const side = `M${right} ${top}L${right + depth} ${top - depth * 0.55}V${low - depth * 0.55}L${right} ${low}Z`;
  const lid = `M${left} ${top}L${left + depth} ${top - depth * 0.55}H${right + depth}L${right} ${top}Z`;
  const face = `<rect x="${left + 40}" y="${top + 60}" width="${width - 80}" height="190" fill="${p.fill(p.second)}"/>${p.emblem(left + width / 2, top + 155, 74)}${print(spec, { x: left + 60, y: top + 300, width: width - 120 }, p.fill(p.accent, -0.05))}<rect x="${left + 40}" y="${low - 130}" width="${width - 80}" height="66" rx="33" fill="${p.fill(p.accent)}"/>`;
  const body = `<path d="${front}" fill="${p.cloth()}"/>${face}<path d="${front}" fill="${p.light(0.55)}"/><path d="${side}" fill="${p.fill(p.main, -0.12)}"/><path d="${side}" fill="#000" opacity=".2"/><path d="${lid}" fill="${p.fill(p.main, 0.1)}"/><path d="${lid}" fill="#fff" opacity=".18"/><path d="${front}${side}${lid}" fill="none" stroke="#000" stroke-opacity=".3" stroke-width="3"/>`;
  return { defs: p.defs, body, bounds: [left, top - depth * 0.55, right + depth, low] };
}

import type { ProductSpec } from '../product-spec.ts';
import type { Drawing, Paint } from './paint.ts';

const folds = (lines: string[]): string =>
  lines
    .map(
      (d) =>
        `<path d="${d}" fill="none" stroke="#000" stroke-opacity=".16" stroke-width="7" stroke-linecap="round"/>`,
    )
    .join('');

/** A T-shirt laid flat. */
export function drawShirt(spec: ProductSpec, p: Paint): Drawing {
  const sleeve = 430 + spec.length * 150;
  const hem = 820 + spec.height * 60;
  const waist = 270 + spec.curve * 30;
  const path = `M370 130Q500 205 630 130L760 185Q850 240 900 ${sleeve - 40}L${790} ${sleeve}L735 370Q725 600 ${1000 - waist} ${hem}Q500 ${hem + 26} ${waist} ${hem}Q275 600 265 370L210 ${sleeve}L100 ${sleeve - 40}Q150 240 240 185Z`;
  const details = [
    '',
    p.emblem(500, 390, 78),
    `<path d="M265 470H735V530H266Z" fill="${p.fill(p.accent)}"/>`,
    `<path d="M560 330H690V450Q625 490 560 450Z" fill="${p.fill(p.second)}" stroke="#000" stroke-opacity=".3" stroke-width="4"/>`,
  ];
  const body = `${p.lit(path, p.cloth(), 0.85)}${details[spec.detail]}<path d="M370 130Q500 235 630 130" fill="none" stroke="${p.fill(p.second)}" stroke-width="26"/>${folds([`M330 480Q350 620 330 ${hem - 40}`, `M640 560Q620 700 655 ${hem - 30}`, 'M265 370Q300 410 290 470', 'M735 370Q700 410 712 470'])}`;
  return { defs: p.defs, body, bounds: [100, 122, 900, hem + 26] };
}

/** A dress on no body. */
export function drawDress(spec: ProductSpec, p: Paint): Drawing {
  const hem = 800 + spec.length * 120;
  const flare = 120 + spec.curve * 110;
  const path = `M380 90H430Q500 180 570 90H620L640 230Q600 330 610 410L${610 + flare} ${hem}Q500 ${hem + 40} ${390 - flare} ${hem}L390 410Q400 330 360 230Z`;
  const details = [
    '',
    p.emblem(500, 300, 44),
    `<path d="M385 395H615L620 440H380Z" fill="${p.fill(p.accent)}"/>`,
    `<path d="M420 560h90v100q-45 30 -90 0Z" fill="${p.fill(p.second)}" stroke="#000" stroke-opacity=".3" stroke-width="4"/>`,
  ];
  const body = `${p.lit(path, p.cloth(), 0.9)}${details[spec.detail]}${folds([`M440 440Q420 640 ${400 - flare * 0.5} ${hem - 20}`, `M500 440V${hem}`, `M560 440Q580 640 ${600 + flare * 0.5} ${hem - 20}`])}`;
  return { defs: p.defs, body, bounds: [390 - flare, 88, 610 + flare, hem + 30] };
}

/** Trousers laid flat. */
export function drawTrousers(spec: ProductSpec, p: Paint): Drawing {
  const hem = 880 + spec.length * 50;
  const leg = 40 + spec.curve * 60;
  const path = `M320 90H680L${720} ${hem}H${720 - 150 - leg}L505 ${380 + spec.height * 30}L${280 + 150 + leg} ${hem}H280Z`;
  const details = [
    '',
    p.emblem(600, 300, 36),
    `<path d="M680 100L716 ${hem}H690L650 100Z" fill="${p.fill(p.accent)}"/>`,
    `<path d="M570 190h86l6 110h-92Z" fill="${p.fill(p.second)}" stroke="#000" stroke-opacity=".3" stroke-width="4"/>`,
  ];
  const body = `${p.lit(path, p.cloth(), 0.9)}${details[spec.detail]}<rect x="316" y="84" width="368" height="44" rx="8" fill="${p.fill(p.main, -0.08)}" stroke="#000" stroke-opacity=".3" stroke-width="3"/><circle cx="500" cy="106" r="11" fill="${p.fill(p.accent)}"/>${folds(['M500 130V380', `M380 300Q370 600 350 ${hem - 30}`, `M630 300Q640 600 650 ${hem - 30}`])}`;
  return { defs: p.defs, body, bounds: [280, 84, 720, hem] };
}

/** A cap from three quarters. */
export function drawHat(spec: ProductSpec, p: Paint): Drawing {
  const top = 290 - spec.height * 60;
  const brim = 820 + spec.length * 110;
  const dome = `M170 600Q165 ${top} 460 ${top}Q720 ${top} 735 590Q460 650 170 600Z`;
  const visor = `M560 612Q700 560 735 585Q860 600 ${brim} 690Q760 ${720 + spec.curve * 30} 540 660Z`;
  const details = [
    '',
    p.emblem(560, 490, 54),
    `<path d="M168 560Q460 620 736 555V592Q460 655 170 602Z" fill="${p.fill(p.accent)}"/>`,
    `<path d="M400 ${top + 2}Q360 420 372 622M530 ${top + 4}Q590 420 590 615" fill="none" stroke="${p.fill(p.second)}" stroke-width="16"/>`,
  ];
  const body = `${p.lit(dome, p.cloth())}${details[spec.detail]}<path d="M460 ${top}Q440 420 452 628" fill="none" stroke="#000" stroke-opacity=".22" stroke-width="5"/>${p.lit(visor, p.fill(p.second))}<circle cx="460" cy="${top + 2}" r="17" fill="${p.fill(p.accent)}"/>`;
  return { defs: p.defs, body, bounds: [165, top - 16, brim, 735] };
}

/** A handbag from the front. */
export function drawBag(spec: ProductSpec, p: Paint): Drawing {
  const top = 400 - spec.height * 60;
  const low = 800 + spec.length * 50;
  const inset = 30 + spec.curve * 70;
  const sack = `M${170 + inset} ${top}H${830 - inset}Q850 ${top + 10} 860 ${low - 60}Q862 ${low} 800 ${low}H200Q138 ${low} 140 ${low - 60}Q150 ${top + 10} ${170 + inset} ${top}Z`;
  const flap = `M${165 + inset} ${top}H${835 - inset}Q${850 - inset * 0.5} ${top + 150} 500 ${top + 210}Q${150 + inset * 0.5} ${top + 150} ${165 + inset} ${top}Z`;
  const details = [
    '',
    p.emblem(500, low - 120, 50),
    `<path d="M143 ${low - 170}H858V${low - 110}H141Z" fill="${p.fill(p.accent)}"/>`,
    `<rect x="330" y="${low - 210}" width="340" height="150" rx="16" fill="${p.fill(p.second, -0.04)}" stroke="#000" stroke-opacity=".35" stroke-width="4"/>`,
  ];
  const metal = p.fill({ h: 45, s: 0.5, l: 0.62 });
  const handle = `<path d="M330 ${top + 10}Q330 ${top - 230} 500 ${top - 230}Q670 ${top - 230} 670 ${top + 10}" fill="none" stroke="${p.fill(p.second, -0.1)}" stroke-width="34"/><path d="M330 ${top + 10}Q330 ${top - 230} 500 ${top - 230}Q670 ${top - 230} 670 ${top + 10}" fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="10"/>`;
  const body = `${handle}${p.lit(sack, p.cloth())}${details[spec.detail]}${p.lit(flap, p.fill(p.second))}<rect x="468" y="${top + 168}" width="64" height="62" rx="10" fill="${metal}" stroke="#000" stroke-opacity=".4" stroke-width="4"/><path d="M${180 + inset} ${top + 14}H${820 - inset}" stroke="#fff" stroke-opacity=".4" stroke-width="4" stroke-dasharray="12 8"/>`;
  return { defs: p.defs, body, bounds: [138, top - 250, 862, low] };
}

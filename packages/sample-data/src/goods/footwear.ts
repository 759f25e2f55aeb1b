import type { ProductSpec } from '../product-spec.ts';
import type { Drawing, Paint } from './paint.ts';

/** A sneaker from the side, toe to the right. */
export function drawSneaker(spec: ProductSpec, p: Paint): Drawing {
  const toe = 880 + spec.length * 60;
  const collar = 330 - spec.height * 70;
  const upper = `M120 ${collar + 40}Q150 ${collar - 10} 250 ${collar}Q330 ${collar + 10} 350 ${collar + 60}Q420 ${collar + 90} 520 ${470 - spec.curve * 30}Q640 ${530 - spec.curve * 30} ${toe - 120} 560Q${toe} 585 ${toe} 660L${toe - 5} 690H110Q80 560 120 ${collar + 40}Z`;
  const sole = `M95 680H${toe + 10}Q${toe + 22} 720 ${toe - 10} 752H140Q95 745 95 680Z`;
  const laces = Array.from(
    { length: 4 },
    (_, i) =>
      `<path d="M${392 + i * 58} ${collar + 105 + i * 44}l64 -46" stroke="${p.fill(p.accent, 0.15)}" stroke-width="15" stroke-linecap="round"/>`,
  ).join('');
  const cap = `M${toe - 190} 690Q${toe - 175} 590 ${toe - 100} 563Q${toe} 590 ${toe} 660L${toe - 5} 690Z`;
  const heel = `M110 690Q82 560 120 ${collar + 40}Q150 ${collar + 30} 200 ${collar + 30}Q170 560 200 690Z`;
  const details = [
    '',
    p.emblem(250, collar + 190, 46),
    `<path d="M280 690Q420 620 560 ${520 - spec.curve * 20}L630 560Q470 640 380 690Z" fill="${p.fill(p.accent)}"/>`,
    `<path d="M260 560q90 -60 190 -10q-50 60 -190 90Z" fill="${p.fill(p.second)}" stroke="#000" stroke-opacity=".3" stroke-width="4"/>`,
  ];
  const body = `${p.lit(upper, p.cloth())}${p.lit(cap, p.fill(p.second), 0.8)}${p.lit(heel, p.fill(p.second, -0.05), 0.8)}${details[spec.detail]}${laces}<path d="${sole}" fill="${p.fill({ h: 40, s: 0.1, l: 0.92 })}"/><path d="${sole}" fill="${p.light(0.7)}" stroke="#000" stroke-opacity=".3" stroke-width="3"/><path d="M105 716H${toe + 12}" stroke="${p.fill(p.accent)}" stroke-width="9"/><ellipse cx="232" cy="${collar + 18}" rx="88" ry="20" fill="#000" opacity=".5"/>`;
  return { defs: p.defs, body, bounds: [82, collar - 12, toe + 22, 755] };
}

/** An ankle boot from the side. */
export function drawBoot(spec: ProductSpec, p: Paint): Drawing {
  const top = 170 - spec.height * 60;
  const toe = 820 + spec.length * 90;
  const shaft = `M200 ${top}H480L500 ${430 + spec.curve * 30}Q560 560 ${toe - 110} 600Q${toe} 625 ${toe} 720V745H190Q170 500 200 ${top}Z`;
  const heel = `M190 745H400V${830 + spec.curve * 20}H205Z`;
  const sole = `M185 740H${toe + 6}Q${toe + 8} 775 ${toe - 20} 782H185Z`;
  const details = [
    '',
    p.emblem(340, 320, 48),
    `<path d="M196 300H488L492 350H193Z" fill="${p.fill(p.accent)}"/>`,
    `<rect x="200" y="430" width="330" height="46" rx="20" fill="${p.fill(p.second)}" stroke="#000" stroke-opacity=".4" stroke-width="4"/><rect x="330" y="416" width="70" height="74" rx="8" fill="none" stroke="${p.fill({ h: 45, s: 0.5, l: 0.6 })}" stroke-width="14"/>`,
  ];
  const seams = `<path d="M300 745Q330 600 500 540" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="4" stroke-dasharray="10 8"/><path d="M430 ${top + 6}V450" stroke="#000" stroke-opacity=".25" stroke-width="5"/>`;
  const body = `${p.lit(shaft, p.cloth())}${details[spec.detail]}${seams}${p.lit(heel, p.fill({ h: 20, s: 0.2, l: 0.16 }), 0.7)}${p.lit(sole, p.fill({ h: 20, s: 0.2, l: 0.2 }), 0.6)}<ellipse cx="340" cy="${top + 4}" rx="138" ry="16" fill="#000" opacity=".55"/>`;
  return { defs: p.defs, body, bounds: [170, top - 14, toe + 8, 852] };
}

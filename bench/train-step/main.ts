// `npm run bench -- train-step [--quick]`: a training step by onnx-grad in onnxruntime-node against PyTorch eager.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { mobilenetFile } from './cases.ts';
import { pythonOfVenv } from './venv.ts';

interface Run {
  seconds: number[];
  peakMb: number | null;
}
interface Plan {
  name: string;
  batch: number;
  /** Steps after the two that warm up, and how often both sides take turns. */
  steps: number;
  rounds: number;
  /** Cases of ours and variants of the peer; the fastest of each side counts. */
  forms: string[];
  variants: string[];
}

const here = import.meta.dirname;
const quick = process.argv.includes('--quick');
const python = pythonOfVenv();

function run(command: string, args: string[]): Run {
  const done = spawnSync(command, args, { cwd: here, encoding: 'utf8', maxBuffer: 1 << 26 });
  const line = done.stdout?.trim().split('\n').at(-1);
  if (done.status !== 0 || !line)
    throw new Error(`${args[0]} ${args.slice(1).join(' ')}: ${done.stderr?.slice(-800)}`);
  return JSON.parse(line) as Run;
}

const ours = (name: string, rest: (number | string)[]) =>
  run(process.execPath, [path.join(here, 'ours.ts'), name, ...rest.map(String)]);
const peer = (name: string, rest: (number | string)[]) =>
  run(python, [path.join(here, 'peer.py'), name, ...rest.map(String), mobilenetFile]);

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

const round = (value: number, digits = 3) => Number(value.toFixed(digits));

/** Time of an undisturbed step, given beside: whatever else runs on the machine only ever adds to it. */
const fastest = (runs: Run[]) => Math.min(...runs.flatMap((r) => r.seconds));
const middle = (runs: Run[]) => median(runs.flatMap((r) => r.seconds));

function best(side: Map<string, Run[]>): [name: string, runs: Run[]] {
  return [...side].toSorted((a, b) => middle(a[1]) - middle(b[1]))[0]!;
}

/**
 * Every form of ours and every variant of the peer in turn, several rounds; of each side the one with the smaller median
 * counts. A form in slices or in a Loop does the peer's work too: one update of all weights for every batch.
 */
function compare(plan: Plan) {
  const mine = new Map<string, Run[]>(plan.forms.map((form) => [form, []]));
  const theirs = new Map<string, Run[]>(plan.variants.map((variant) => [variant, []]));
  for (let i = 0; i < (quick ? 1 : plan.rounds); i++) {
    for (const form of plan.forms) {
      const loop = form.includes('loop');
      mine.get(form)!.push(ours(form, [plan.batch, loop ? 1 : 2, loop ? 1 : plan.steps]));
    }
    for (const variant of plan.variants)
      theirs.get(variant)!.push(peer(plan.name, [plan.batch, 2, plan.steps, variant]));
  }
  const [form, runs] = best(mine);
  const [variant, peerRuns] = best(theirs);
  const peak = (list: Run[]) => Math.max(...list.map((r) => r.peakMb ?? 0));
  const speeds = (side: Map<string, Run[]>) =>
    Object.fromEntries([...side].map(([name, list]) => [name, round(plan.batch / middle(list), 2)]));
  const result = {
    name: `${plan.name}, batch ${plan.batch}`,
    ours: round(plan.batch / middle(runs), 2),
    peer: round(plan.batch / middle(peerRuns), 2),
    unit: 'images/s',
    ratio: round(middle(peerRuns) / middle(runs)),
    ratioOfFastest: round(fastest(peerRuns) / fastest(runs)),
    form,
    forms: speeds(mine),
    peerVariant: variant,
    peerVariants: speeds(theirs),
    peakMb: { ours: peak(runs), peer: peak(peerRuns) },
    runs: runs.flatMap((r) => r.seconds).length,
  };
  console.error(JSON.stringify(result));
  return result;
}

function speedUps() {
  const time = (name: string, [warm, steps] = [2, 3]) => fastest([ours(name, [8, warm!, steps!])]);
  const whole = time('vit');
  const frozen = time('vit-frozen-8');
  const cached = time('vit-frozen-8-cached');
  const loop = time('vit-loop-8', [1, 1]);
  return [
    { name: 'first 8 blocks frozen, batch 8', ratio: round(whole / frozen), secondsPerStep: round(frozen) },
    {
      name: 'first 8 blocks frozen and cached, batch 8',
      ratio: round(whole / cached),
      secondsPerStep: round(cached),
    },
    {
      name: 'Loop of 8 steps against single steps, batch 8',
      ratio: round(whole / loop),
      secondsPerStep: round(loop),
    },
  ];
}

/** Images/s on CUDA, or why not. */
function cuda() {
  const name = 'vit on CUDA, batch 32';
  try {
    return { name, ours: round(32 / median(ours('vit', [32, 2, 5, 'cuda']).seconds), 1), unit: 'images/s' };
  } catch (cause) {
    const line =
      (cause as Error).message.split('\n').find((l) => /error|not/i.test(l)) ?? (cause as Error).message;
    return { name, unavailable: line.trim().slice(0, 200) };
  }
}

const vit = ['adamw', 'fused-adamw'];
const mobile = ['fused-adamw', 'fused-adamw channels-last'];
const sliced = ['vit-slices-8', 'vit-slices-8-loop-4'];
const vits = [
  compare({ name: 'vit', batch: 8, steps: 4, rounds: 4, forms: ['vit', 'vit-loop-8'], variants: vit }),
  compare({ name: 'vit', batch: 32, steps: 2, rounds: 3, forms: sliced, variants: vit }),
];
const mobileForms = ['mobilenet', 'mobilenet-loop-4'];
const mobiles = existsSync(mobilenetFile)
  ? [
      compare({ name: 'mobilenet', batch: 8, steps: 6, rounds: 4, forms: mobileForms, variants: mobile }),
      compare({ name: 'mobilenet', batch: 32, steps: 3, rounds: 3, forms: mobileForms, variants: mobile }),
    ]
  : [{ name: 'mobilenet', unavailable: 'no ../shared/weights' }];
const worst = vits.toSorted((a, b) => a.ratio - b.ratio)[0]!;
const parts = [
  ...vits,
  ...mobiles.map((m) => ({ ...m, limit: 0.8, imagesPerSecondLimit: 8 })),
  ...speedUps(),
  cuda(),
];
const { ours: mine, peer: theirs, ratio, runs } = worst;
console.log(
  JSON.stringify({
    name: `train-step (${worst.name})`,
    ours: mine,
    peer: theirs,
    limit: 1.2,
    ratio,
    runs,
    parts,
  }),
);
const slow = mobiles.some((m) => 'ratio' in m && (m.ratio < 0.8 || m.ours < 8));
process.exitCode = ratio >= 1.2 && !slow ? 0 : 1;

import { parseArgs } from 'node:util';

/** A wrong flag; the message names it and what it takes. */
export class WrongUsage extends Error {}

type NumberFlag = { low: number; high: number; whole: boolean; default: number | null };
const whole = (low: number, high: number, value: number | null): NumberFlag => ({
  ...{ low, high, whole: true, default: value },
});

const NUMBERS = {
  products: whole(1, 1_000_000, 60),
  seed: whole(0, 2_147_483_647, 1),
  size: whole(64, 2048, 800),
  views: whole(1, 15, 3),
  street: whole(0, 50, 2),
  threads: whole(1, 64, null),
  shoppers: whole(0, 1_000_000, null),
  // Above, a screen of answers has not enough products to be clicked wrongly, and the log would fall short of the share.
  'wrong-clicks': { low: 0, high: 0.8, whole: false, default: 0.2 },
  days: whole(1, 365, 28),
} as const satisfies Record<string, NumberFlag>;
type NumberName = keyof typeof NUMBERS;

export type Flags = {
  products: number;
  seed: number;
  out: string;
  size: number;
  views: number;
  street: number;
  /** Left to the renderer when it is not given. */
  threads: number | undefined;
  shoppers: number;
  wrongClicks: number;
  days: number;
  preview: boolean;
  remake: boolean;
};

/** Without `--shoppers` as many as products, but not more than this. */
const SHOPPERS_MOST = 2000;

/** The command line as settings, or `help`. Errors: `WrongUsage`. */
export function readFlags(args: readonly string[]): Flags | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  const out = values.out;
  if (typeof out !== 'string' || out.trim() === '')
    throw new WrongUsage('--out is missing: the folder to write to, as in --out DIR');
  const number = (name: NumberName): number | null => numberOf(name, values[name] as string | undefined);
  const products = number('products') ?? 60;
  return {
    products,
    seed: number('seed') ?? 1,
    out,
    size: number('size') ?? 800,
    views: number('views') ?? 3,
    street: number('street') ?? 2,
    threads: number('threads') ?? undefined,
    shoppers: number('shoppers') ?? Math.min(products, SHOPPERS_MOST),
    wrongClicks: number('wrong-clicks') ?? 0.2,
    days: number('days') ?? 28,
    preview: values.preview === true,
    remake: values.remake === true,
  };
}

function parsed(args: readonly string[]): Record<string, string | boolean | undefined> {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const numbers = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, text]));
  const options = { ...numbers, out: text, preview: yes, remake: yes, help: { ...yes, short: 'h' } };
  try {
    const { values, tokens } = parseArgs({ args: [...args], options, strict: true, tokens: true });
    const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    const twice = given.find((name, i) => given.indexOf(name) < i);
    if (twice) throw new WrongUsage(`--${twice} is given twice`);
    return values;
  } catch (error) {
    throw error instanceof WrongUsage
      ? error
      : new WrongUsage(reason(error as NodeJS.ErrnoException, options));
  }
}

/** The parser's first sentence; its advice on quoting does not help here. */
function reason(error: NodeJS.ErrnoException, options: Record<string, unknown>): string {
  const names = Object.keys(options).map((name) => `--${name}`);
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `${/'(-[^']*)'/.exec(error.message)?.[1] ?? 'a flag'} is unknown; there are ${names.join(', ')}`;
  if (error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `${/'([^']*)'/.exec(error.message)?.[1] ?? 'an argument'} is not a flag; the folder is given as --out DIR`;
  const flag = /--[a-z-]+/.exec(error.message)?.[0];
  const rule = flag ? NUMBERS[flag.slice(2) as NumberName] : undefined;
  if (flag && rule) return `${flag} takes ${range(rule)}`;
  return flag === '--out' ? '--out takes a folder' : error.message.split(/[.\n]/)[0]!.replace(/^Option /, '');
}

function numberOf(name: NumberName, text: string | undefined): number | null {
  const rule: NumberFlag = NUMBERS[name];
  if (text === undefined) return rule.default;
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= rule.low && value <= rule.high) || (rule.whole && !Number.isInteger(value)))
    throw new WrongUsage(`--${name} takes ${range(rule)}, not ${JSON.stringify(text)}`);
  return value;
}

const range = (rule: NumberFlag): string =>
  `a ${rule.whole ? 'whole number' : 'number'} from ${rule.low} to ${rule.high}`;

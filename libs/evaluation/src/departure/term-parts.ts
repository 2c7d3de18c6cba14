/** The parts that a change during a term of office is split into, and which effect of a change belongs to which part. */
import { allocate, Fraction, type Bilingual, type Fen } from '@gep/kernel';
import type { ChangeEffect, EffectFen } from '@gep/accounting';

/**
 * `undeclared` is what nobody has told the cause of: it stays visible as such and decides nothing. Only `human` enters the
 * verdict (rule R2).
 */
export const termParts = ['natural', 'human', 'method', 'boundary', 'price', 'undeclared'] as const;
export type TermPart = (typeof termParts)[number];

export const nameOfPart: Readonly<Record<TermPart, Bilingual>> = {
  natural: { zh: '自然原因', en: 'natural' },
  human: { zh: '人为原因', en: 'human' },
  method: { zh: '方法与数据', en: 'method' },
  boundary: { zh: '边界', en: 'boundary' },
  price: { zh: '价格', en: 'price' },
  undeclared: { zh: '原因未述', en: 'cause undeclared' },
};

/** Fen by part; every part is present and their sum is the change. */
export type PartFen = Readonly<Record<TermPart, Fen>>;

export const noParts: PartFen = { natural: 0n, human: 0n, method: 0n, boundary: 0n, price: 0n, undeclared: 0n };

export function addParts(a: PartFen, b: PartFen): PartFen {
  return {
    natural: a.natural + b.natural,
    human: a.human + b.human,
    method: a.method + b.method,
    boundary: a.boundary + b.boundary,
    price: a.price + b.price,
    undeclared: a.undeclared + b.undeclared,
  };
}

export const sumOfParts = (parts: PartFen): Fen => termParts.reduce((sum, part) => sum + parts[part], 0n);

/** Effects whose cause no account observes: land, its state and what a hectare gives change by nature and by people alike. */
export const attributedEffects = ['area', 'condition', 'supply'] as const satisfies readonly ChangeEffect[];
export type AttributedEffect = (typeof attributedEffects)[number];

/** Effects whose part is what they are. How much of a supply people use is theirs; γ and the edition are of the method. */
const partOfEffect: Readonly<Record<Exclude<ChangeEffect, AttributedEffect>, TermPart>> = {
  weather: 'natural',
  use: 'human',
  gamma: 'method',
  norm: 'method',
  boundary: 'boundary',
  price: 'price',
};

/** Shares of an effect by cause; what they leave of one is undeclared. */
export interface CauseShares {
  readonly natural: Fraction;
  readonly human: Fraction;
  readonly method: Fraction;
}

export const undeclaredShare = ({ natural, human, method }: CauseShares): Fraction =>
  Fraction.one.minus(natural).minus(human).minus(method);

/**
 * The parts of the effects of one line. An effect without a declared cause is undeclared as a whole; shares are rounded to fen
 * by largest remainder, once for each effect, so that the parts sum to the effects.
 */
export function partsOfEffects(
  effects: EffectFen,
  sharesOf: (effect: AttributedEffect) => CauseShares | undefined,
): PartFen {
  const parts = { ...noParts };
  for (const [effect, part] of Object.entries(partOfEffect) as [keyof typeof partOfEffect, TermPart][])
    parts[part] += effects[effect];
  for (const effect of attributedEffects) {
    const split = splitByCause(effects[effect], sharesOf(effect));
    for (const part of ['natural', 'human', 'method', 'undeclared'] as const) parts[part] += split[part];
  }
  return parts;
}

/** A whole number shared out by cause; without shares all of it is undeclared. */
export function splitByCause(
  whole: bigint,
  shares: CauseShares | undefined,
): Readonly<Record<'natural' | 'human' | 'method' | 'undeclared', bigint>> {
  if (!shares) return { natural: 0n, human: 0n, method: 0n, undeclared: whole };
  const { natural, human, method } = shares;
  const split = allocate(whole, [
    { code: 'natural', weight: natural },
    { code: 'human', weight: human },
    { code: 'method', weight: method },
    { code: 'undeclared', weight: undeclaredShare(shares) },
  ]);
  return {
    natural: split.get('natural')!,
    human: split.get('human')!,
    method: split.get('method')!,
    undeclared: split.get('undeclared')!,
  };
}

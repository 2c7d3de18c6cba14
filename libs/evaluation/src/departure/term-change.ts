/** The change of flows and stocks over a term of office, split into parts that close: money to the fen, areas exactly. */
import { assert, Fraction, type Fen } from '@gep/kernel';
import { changeEffects, type EffectFen, type LineEffects, unassignedType } from '@gep/accounting';
import { attributionOf, type AttributionDraft, sharesOf } from './attribution';
import { countedFen, type DayShare, earlierFen, isWhole, type TermSegment } from './term-days';
import {
  addParts,
  type AttributedEffect,
  type CauseShares,
  noParts,
  type PartFen,
  partsOfEffects,
  sumOfParts,
  undeclaredShare,
} from './term-parts';

/** The change between two years as accounting splits it. */
export interface SplitSegment extends TermSegment {
  readonly lines: readonly Pick<LineEffects, 'service' | 'type' | 'effects' | 'changeFen'>[];
}

/** A value that was restated after it was frozen: what became known of the same year. */
export interface RevisedLine {
  readonly service: string;
  readonly type: string | null;
  /** As known now, less as frozen. */
  readonly differenceFen: Fen;
}

/** The year before a term, by service and by type. */
export interface StartTotals {
  readonly totalFen: Fen;
  readonly byService: Readonly<Record<string, Fen>>;
  readonly byType: Readonly<Record<string, Fen>>;
}

export interface FlowQuestion {
  readonly start: StartTotals;
  readonly revised: readonly RevisedLine[];
  readonly segments: readonly SplitSegment[];
  readonly declared: readonly AttributionDraft[];
}

/** The change of one service, of one type or of all: start + sum of the parts = end. */
export interface FlowChange {
  readonly startFen: Fen;
  readonly endFen: Fen;
  readonly changeFen: Fen;
  /** The change without its price part. */
  readonly constantFen: Fen;
  readonly parts: PartFen;
}

export interface CountedSegment extends TermSegment {
  /** The whole change between the years, and what of it the term counts. */
  readonly changeFen: Fen;
  readonly countedFen: Fen;
}

export interface TermFlows {
  readonly total: FlowChange;
  readonly byService: ReadonlyMap<string, FlowChange>;
  readonly byType: ReadonlyMap<string, FlowChange>;
  readonly segments: readonly CountedSegment[];
}

/**
 * Splits the change of services over a term, from the level on its first day: the year before it with the change of the days of a
 * divided year that came earlier. So the level at which one holder ends is that at which the next begins. Each effect of each line is counted by the days of the year in office, then shared
 * out by cause; both are rounded to fen once, and every sum is of rounded lines, so that services, types and the whole agree.
 */
export function changeOfFlows({ start, revised, segments, declared }: FlowQuestion): TermFlows {
  const byService = new Map<string, PartFen>();
  const byType = new Map<string, PartFen>();
  let whole = noParts;
  const add = (service: string, type: string | null, parts: PartFen): void => {
    byService.set(service, addParts(byService.get(service) ?? noParts, parts));
    byType.set(type ?? unassignedType, addParts(byType.get(type ?? unassignedType) ?? noParts, parts));
    whole = addParts(whole, parts);
  };
  const earlier = { byService: new Map<string, Fen>(), byType: new Map<string, Fen>() };
  for (const { share, lines } of segments)
    for (const { service, type, effects } of lines) {
      const fen = changeEffects.reduce((sum, effect) => sum + earlierFen(effects[effect], share), 0n);
      earlier.byService.set(service, (earlier.byService.get(service) ?? 0n) + fen);
      earlier.byType.set(type ?? unassignedType, (earlier.byType.get(type ?? unassignedType) ?? 0n) + fen);
    }
  for (const { service, type, differenceFen } of revised) add(service, type, { ...noParts, method: differenceFen });
  const counted = segments.map((segment): CountedSegment => {
    const { before, after, share, lines } = segment;
    const fromFen = sumOfParts(whole);
    for (const { service, type, effects } of lines)
      add(
        service,
        type,
        partsOfEffects(countedEffects(effects, share), (effect) => causeOf(declared, { effect, type, service })),
      );
    const changeFen = lines.reduce((sum, line) => sum + line.changeFen, 0n);
    const countedNow = sumOfParts(whole) - fromFen;
    assert(!isWhole(share) || countedNow === changeFen, `${changeFen - countedNow} fen of ${after} are in no part`);
    return { before, after, share, changeFen, countedFen: countedNow };
  });
  return {
    total: flowOf(
      [...earlier.byService.values()].reduce((sum, fen) => sum + fen, start.totalFen),
      whole,
    ),
    byService: joined(start.byService, earlier.byService, byService),
    byType: joined(start.byType, earlier.byType, byType),
    segments: counted,
  };
}

const causeOf = (
  declared: readonly AttributionDraft[],
  of: { readonly effect: AttributedEffect; readonly type: string | null; readonly service: string | null },
): CauseShares | undefined => {
  const found = attributionOf(declared, of);
  return found && sharesOf(found);
};

function countedEffects(effects: EffectFen, share: DayShare): EffectFen {
  if (isWhole(share)) return effects;
  return Object.fromEntries(
    changeEffects.map((effect) => [effect, countedFen(effects[effect], share)]),
  ) as unknown as EffectFen;
}

function flowOf(startFen: Fen, parts: PartFen): FlowChange {
  const changeFen = sumOfParts(parts);
  return { startFen, endFen: startFen + changeFen, changeFen, constantFen: changeFen - parts.price, parts };
}

function joined(
  start: Readonly<Record<string, Fen>>,
  earlier: ReadonlyMap<string, Fen>,
  parts: ReadonlyMap<string, PartFen>,
): Map<string, FlowChange> {
  const codes = [...new Set([...Object.keys(start), ...parts.keys()])].sort();
  const startOf = (code: string): Fen => (start[code] ?? 0n) + (earlier.get(code) ?? 0n);
  return new Map(codes.map((code) => [code, flowOf(startOf(code), parts.get(code) ?? noParts)]));
}

/** Parts of the change of a stock; stocks have no price. */
export const stockParts = ['natural', 'human', 'method', 'boundary', 'undeclared'] as const;
export type StockPart = (typeof stockParts)[number];

/** The change of a stock: opening + sum of the parts = closing, exactly. */
export interface StockChange {
  readonly opening: Fraction;
  readonly closing: Fraction;
  readonly change: Fraction;
  readonly parts: Readonly<Record<StockPart, Fraction>>;
}

export interface StockQuestion {
  readonly effect: 'area' | 'condition';
  readonly type: string;
  readonly opening: Fraction;
  readonly closing: Fraction;
  /** What became known of the opening after it was frozen. */
  readonly revised: Fraction;
  /** What came or went because the boundary changed. */
  readonly boundary: Fraction;
  /** Observed to come of management or of nature. */
  readonly managed: Fraction;
  readonly unmanaged: Fraction;
}

/** Splits the change of a stock. What was not observed is shared out by the declared cause; nothing is rounded. */
export function changeOfStock(
  { effect, type, opening, closing, revised, boundary, managed, unmanaged }: StockQuestion,
  declared: readonly AttributionDraft[],
): StockChange {
  const change = closing.minus(opening);
  const rest = change.minus(revised).minus(boundary).minus(managed).minus(unmanaged);
  const shares = causeOf(declared, { effect, type, service: null });
  const of = (share: Fraction | undefined): Fraction => (share ? rest.times(share) : Fraction.zero);
  const parts = {
    natural: unmanaged.plus(of(shares?.natural)),
    human: managed.plus(of(shares?.human)),
    method: revised.plus(of(shares?.method)),
    boundary,
    undeclared: shares ? of(undeclaredShare(shares)) : rest,
  };
  const sum = stockParts.reduce((all, part) => all.plus(parts[part]), Fraction.zero);
  assert(sum.equals(change), `parts of the change of ${type} do not sum to it`);
  return { opening, closing, change, parts };
}

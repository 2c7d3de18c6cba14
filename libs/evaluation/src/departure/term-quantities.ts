/** The change of the quantities of services over a term, each in its own unit, in the same parts as its value. */
import { type QuantityEffects, quantitySteps } from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import type { AttributionDraft } from './attribution';
import { changeOfFlows, stockParts, type StockChange } from './term-change';
import type { TermSegment } from './term-days';

/** A quantity of an account. */
export interface StartQuantity {
  readonly service: string;
  readonly type: string | null;
  readonly item: string | null;
  readonly unit: string;
  readonly quantity: number;
}

export interface QuantitySegment extends TermSegment {
  readonly lines: readonly QuantityEffects[];
}

export interface QuantityQuestion {
  /** As it was frozen, and as it was known when the later end was frozen. */
  readonly frozen: readonly StartQuantity[];
  readonly known: readonly StartQuantity[];
  readonly segments: readonly QuantitySegment[];
  readonly declared: readonly AttributionDraft[];
}

/** A service, or an item of it: at appointment + sum of the parts = at departure, exactly. */
export interface QuantityChange extends StockChange {
  readonly service: string;
  readonly item: string | null;
  readonly unit: string;
}

type Key = Pick<StartQuantity, 'service' | 'item' | 'unit'>;
const keyOf = ({ service, item, unit }: Key): string => JSON.stringify([service, item, unit]);
const exactly = (steps: bigint): Fraction => Fraction.of(steps, quantitySteps);

/** Quantities are split in whole steps as money is in fen, and no two of another unit are added. */
export function changeOfQuantitiesInTerm({ frozen, known, segments, declared }: QuantityQuestion): QuantityChange[] {
  const lines = [...frozen, ...known, ...segments.flatMap((segment) => segment.lines)];
  const keys = [...new Map(lines.map((line) => [keyOf(line), line])).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return keys.map(([key, { service, item, unit }]) => {
    const own = <T extends Key>(all: readonly T[]): T[] => all.filter((line) => keyOf(line) === key);
    const revised = [...revisions(own(frozen), -1n), ...revisions(own(known), 1n)];
    const { total } = changeOfFlows({
      start: { totalFen: sumOfSteps(own(frozen)), byService: {}, byType: {} },
      ...{ revised, declared },
      segments: segments.map((segment) => ({
        ...segment,
        lines: own(segment.lines).map(({ change, ...line }) => ({ ...line, changeFen: change })),
      })),
    });
    const parts = Object.fromEntries(stockParts.map((part) => [part, exactly(total.parts[part])]));
    return {
      ...{ service, item, unit, parts: parts as QuantityChange['parts'] },
      ...{ opening: exactly(total.startFen), closing: exactly(total.endFen), change: exactly(total.changeFen) },
    };
  });
}

/** Rounded half away from zero, as `changeOfQuantities` rounds. */
function stepsOf({ quantity }: StartQuantity): bigint {
  const { numerator, denominator } = Fraction.parse(String(quantity))!.times(Fraction.of(quantitySteps));
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

const sumOfSteps = (lines: readonly StartQuantity[]): bigint => lines.reduce((sum, line) => sum + stepsOf(line), 0n);

const revisions = (lines: readonly StartQuantity[], sign: bigint) =>
  lines.map((line) => ({ service: line.service, type: line.type, differenceFen: sign * stepsOf(line) }));

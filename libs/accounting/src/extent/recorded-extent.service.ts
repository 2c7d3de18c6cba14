/** The extent between two recorded accounts: county by county with its patches, and what crossed a boundary that changed. */
import { Fraction } from '@gep/kernel';
import type { EcosystemType } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { type AccountRecord, findAccountsById, listAccounts, listChildren } from '../account/account.store';
import { observedOf } from '../account/recorded-account.store';
import { ChangeTooWide } from '../change/errors';
import { pairUnits, type UnitPair } from '../change/pair-units';
import { type AccountUnit, listUnits } from '../change/units-below.store';
import { AccountMissing } from '../errors';
import { historyOf } from '../series/boundary-history.service';
import { breaksOf, territoriesOf } from '../series/boundary-plan';
import { BoundaryBroken } from '../series/errors';
import { type BoundaryHistory, planBoundary } from '../series/plan-boundary.service';
import { areasOfDivided, areasOfPlan, areasOfRecord, sumOfAreas } from './areas-of-boundary';
import { PatchTwice } from './errors';
import { mergeExtents, type AreaByClass, type ExtentInput, type Transition } from './extent-account';
import { extentOfPatches, finestDecimals, frameOf, type PatchExtent } from './extent-of-patches';

/** Accounts whose patches are followed in one answer; above more of them opening and closing are told. */
const mostUnits = 100;

interface Sides {
  readonly types: readonly EcosystemType[];
  readonly unit: string;
  readonly records: readonly [AccountRecord, AccountRecord];
}

/**
 * Where all patches of all counties are followed there is a matrix; else opening, closing, and what crossed the boundary.
 * @throws PatchTwice of a single observed account, BoundaryBroken where a period is not known within the boundary of the other
 */
export async function recordedExtent(tx: EntityManager, { types, unit, records }: Sides): Promise<PatchExtent> {
  const [before, after] = records;
  const history = await historyOf(tx);
  const pairs = await pairsOf(tx, records, history);
  const inputs = pairs ? await inputsOf(tx, { types, unit, records }, pairs, history) : [sumsOf([before], [after])];
  const unmatched = sumOfAreas(inputs.map((one) => one.unmatched));
  const codes = new Set(inputs.flatMap((one) => one.codes));
  const frame = frameOf(types, unit, before, after, codes);
  const parts = inputs.map(({ areas }): ExtentInput => ({
    ...frame,
    ...areas,
    decimals: areas.transitions ? null : finestDecimals,
  }));
  if (parts.length === 1) return { input: parts[0], unmatched };
  const merged = mergeExtents(before.territory, parts);
  return { input: { ...merged, decimals: merged.transitions ? null : finestDecimals }, unmatched };
}

interface PairAreas {
  readonly areas: Pick<ExtentInput, 'transitions' | 'opening' | 'closing' | 'crossed'>;
  readonly codes: readonly string[];
  readonly unmatched: Fraction;
}

/** Undefined where there are too many, or some may not be seen. */
async function pairsOf(
  tx: EntityManager,
  records: Sides['records'],
  { successions }: BoundaryHistory,
): Promise<UnitPair<AccountUnit>[] | undefined> {
  const most = { most: mostUnits, refuse: () => new ChangeTooWide(records[0].territory, records[0].period, mostUnits) };
  try {
    const [before, after] = [
      await listUnits(tx, records[0], successions, most),
      await listUnits(tx, records[1], successions, most),
    ];
    return pairUnits(before, after, successions);
  } catch (error) {
    if (error instanceof ChangeTooWide || error instanceof AccountMissing) return undefined;
    throw error;
  }
}

async function inputsOf(
  tx: EntityManager,
  { types, unit }: Sides,
  pairs: readonly UnitPair<AccountUnit>[],
  history: BoundaryHistory,
): Promise<PairAreas[]> {
  const inputs: PairAreas[] = [];
  for (const { before, after, moved } of pairs) {
    const [from, to] = [before.map(({ record }) => record), after.map(({ record }) => record)];
    if (from.length === 0 || to.length === 0) inputs.push(crossing([...from, ...to], to.length === 0));
    else if (moved) inputs.push(await movedAreas(tx, [before[0], after[0]], history));
    else if (from.length > 1 || to.length > 1 || [...from, ...to].some(({ origin }) => origin !== 'observed'))
      inputs.push(sumsOf(from, to));
    else {
      try {
        const observed = [await observedOf(tx, from[0]), await observedOf(tx, to[0])] as const;
        const { input, unmatched } = extentOfPatches(types, unit, ...observed);
        const { transitions, opening, closing, classes } = input;
        inputs.push({ areas: { transitions, opening, closing }, codes: classes.map(({ code }) => code), unmatched });
      } catch (error) {
        if (!(error instanceof PatchTwice) || pairs.length === 1) throw error;
        inputs.push(sumsOf(from, to));
      }
    }
  }
  return inputs;
}

/** Land that is in the whole in one period only. */
function crossing(records: readonly AccountRecord[], isGone: boolean): PairAreas {
  const transitions = records.flatMap((record) =>
    [...areasOfRecord(record)].map(([code, area]): Transition => ({
      ...(isGone ? { from: code, to: null } : { from: null, to: code }),
      ...{ area, cause: 'boundary' },
    })),
  );
  return { areas: { transitions }, codes: records.flatMap(codesOf), unmatched: Fraction.zero };
}

const codesOf = ({ areaByType }: AccountRecord): string[] => Object.keys(areaByType);

function sumsOf(before: readonly AccountRecord[], after: readonly AccountRecord[]): PairAreas {
  const added = (records: readonly AccountRecord[]): AreaByClass => {
    const sums = new Map<string, Fraction>();
    for (const record of records)
      for (const [code, area] of areasOfRecord(record)) sums.set(code, (sums.get(code) ?? Fraction.zero).plus(area));
    return sums;
  };
  const [opening, closing] = [added(before), added(after)];
  return {
    areas: { opening, closing },
    codes: [...opening.keys(), ...closing.keys()],
    unmatched: sumOfAreas(opening.values()),
  };
}

/** What a merge or split took from a territory or brought to it, as that was at the opening. @throws BoundaryBroken */
async function movedAreas(
  tx: EntityManager,
  [before, after]: readonly [AccountUnit, AccountUnit],
  history: BoundaryHistory,
): Promise<PairAreas> {
  const { territory, period, norm } = before.record;
  const plan = await planBoundary(history, territory, [after.day, before.day]);
  const steps = plan.kind === 'unknown' ? [plan.step] : breaksOf(plan);
  const broken = new BoundaryBroken(territory, [period, after.record.period], steps);
  if (plan.kind === 'unknown') throw broken;
  const others = territoriesOf(plan).filter((code) => code !== territory);
  const wanted = { territories: others, period, normId: norm.id };
  const found = others.length === 0 ? [] : await listAccounts(tx, wanted);
  if (found.length < others.length) throw broken;
  const known = new Map([before.record, ...found].map((record) => [record.territory, areasOfRecord(record)]));
  const [opening, within, closing] = [
    areasOfRecord(before.record),
    areasOfPlan(plan, known),
    await closingOf(tx, after.record),
  ];
  const codes = [...new Set([...opening.keys(), ...within.keys(), ...closing.keys()])];
  const crossed = codes.flatMap((code): Transition[] => {
    const area = (within.get(code) ?? Fraction.zero).minus(opening.get(code) ?? Fraction.zero);
    if (area.numerator === 0n) return [];
    if (area.numerator > 0n) return [{ from: null, to: code, area, cause: 'boundary' }];
    return [{ from: code, to: null, area: Fraction.zero.minus(area), cause: 'boundary' }];
  });
  const unmatched = sumOfAreas(within.values());
  return { areas: { opening, closing, crossed }, codes, unmatched };
}

/** Of an account that was divided the exact shares, not the doubles nearest to them. */
async function closingOf(tx: EntityManager, record: AccountRecord): Promise<AreaByClass> {
  if (record.origin !== 'divided') return areasOfRecord(record);
  const children = await listChildren(tx, record.id);
  const sources = await findAccountsById(
    tx,
    children.map(({ accountId }) => accountId),
  );
  const exact = areasOfDivided(children, new Map(sources.map((source) => [source.id, source])));
  return exact ?? areasOfRecord(record);
}

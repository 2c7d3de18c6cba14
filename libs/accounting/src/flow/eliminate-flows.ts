/** Takes back, in the account above two territories, what a declared flow between them makes both of them count. */
import { allocate, assert, conversionFactor, Fraction, shareOfYear, sumInOrder, weakerGrade } from '@gep/kernel';
import type { EvidenceGrade, Fen, UnitTable } from '@gep/kernel';
import type { AccountLine } from '../account/account';
import { shareQuantity } from '../division/share-quantity';
import type { DeclaredFlow } from './declared-flow';

/** What was taken back already, in the accounts below. */
export interface EliminatedBelow {
  readonly flow: DeclaredFlow;
  readonly line: AccountLine;
}

export interface FlowsToEliminate {
  readonly period: string;
  readonly units: UnitTable;
  /** Flows that have their ends in different children of the territory. */
  readonly flows: readonly DeclaredFlow[];
  /** Lines of the accounts at the ends, as they are part of the sum; a flow without one of them takes nothing back. */
  readonly linesOf: ReadonlyMap<string, readonly AccountLine[]>;
  readonly below: readonly EliminatedBelow[];
}

/** One flow of one item. */
interface Stream {
  readonly flow: DeclaredFlow;
  readonly item: string | null;
  readonly supply: Pool;
  readonly use: Pool;
  readonly quantity: Fraction;
}

/** What an account still has of a service and item, after what was taken back below. */
interface Pool {
  /** By ecosystem type, where there is something left. */
  readonly left: readonly { readonly line: AccountLine; readonly quantity: number; readonly fen: Fen }[];
  readonly whole: Fraction;
  readonly quantity: Fraction;
  readonly unit: string;
  readonly grade: EvidenceGrade;
}

/**
 * The quantity of a flow is the declared share of what the supplier supplies, or the declared quantity (of a year, and of
 * part of a year that part), at most what the supplier has left, and at most what the beneficiary has in its account. Where several
 * flows of one supplier, or to one beneficiary, are more than that, all are lessened in one proportion. What is taken back
 * are lines of the beneficiary: the supply keeps its value where it arises. Per line the fen of all flows and of the rest
 * add up to it.
 * @returns lines with quantity and value below zero (or of nothing), each with the id of its flow, in no particular order
 */
export function eliminateFlows(given: FlowsToEliminate): AccountLine[] {
  const pools = new Pools(given);
  const wished = given.flows.flatMap((flow) => streamsOf(flow, pools, given));
  const supplied = lessen(wished);
  const byUse = new Map<Pool, Stream[]>();
  for (const stream of supplied) byUse.set(stream.use, [...(byUse.get(stream.use) ?? []), stream]);
  return [...byUse].flatMap(([pool, streams]) => linesOf(pool, streams));
}

class Pools {
  private readonly known = new Map<string, Pool>();

  constructor(private readonly given: FlowsToEliminate) {}

  /** @param end whose earlier flows count: those it supplied, or those it had the benefit of */
  of(end: 'supplier' | 'beneficiary', code: string, service: string, item: string | null): Pool | undefined {
    const key = JSON.stringify([end, code, service, item]);
    const known = this.known.get(key);
    if (known) return known;
    const isOf = (line: AccountLine): boolean => line.service === service && line.item === item;
    const lines = (this.given.linesOf.get(code) ?? []).filter(isOf);
    if (lines.length === 0) return undefined;
    const below = this.given.below.filter(({ flow, line }) => flow[end] === code && isOf(line));
    const pool = poolOf(
      lines,
      below.map(({ line }) => line),
    );
    this.known.set(key, pool);
    return pool;
  }
}

function poolOf(lines: readonly AccountLine[], below: readonly AccountLine[]): Pool {
  const types = [...new Set(lines.map(({ type }) => type))];
  const left = types.flatMap((type) => {
    const all = [...lines, ...below].filter((line) => line.type === type);
    const quantity = sumInOrder(all.map((line) => line.quantity));
    const fen = all.reduce<Fen>((sum, { valueFen }) => sum + valueFen, 0n);
    const line = lines.find((one) => one.type === type && one.flow === undefined);
    return line && quantity > 0 && fen >= 0n ? [{ line, quantity, fen }] : [];
  });
  const total = (some: readonly { readonly quantity: number }[]): Fraction =>
    some.reduce((sum, { quantity }) => sum.plus(exactly(quantity)), Fraction.zero);
  const quantity = total([...lines, ...below]);
  return {
    left,
    whole: total(lines),
    // By type nothing is below zero, so what is left by type is what there is, but for what a type has lost to rounding.
    quantity: smaller(quantity, total(left)),
    unit: lines[0].unit,
    grade: lines.map(({ grade }) => grade).reduce(weakerGrade),
  };
}

function streamsOf(flow: DeclaredFlow, pools: Pools, { linesOf: accounts, period, units }: FlowsToEliminate): Stream[] {
  const { service, supplier, beneficiary, amount } = flow;
  const own = (accounts.get(supplier) ?? []).filter((line) => line.service === service);
  const items = flow.item === null ? [...new Set(own.map(({ item }) => item))] : [flow.item];
  return items.flatMap((item) => {
    const [supply, use] = [
      pools.of('supplier', supplier, service, item),
      pools.of('beneficiary', beneficiary, service, item),
    ];
    if (!supply || !use) return [];
    assert(supply.unit === use.unit, `units of ${service} differ between accounts of one edition`);
    const quantity =
      'share' in amount
        ? supply.whole.times(amount.share)
        : amount.quantity
            .times(conversionFactor(units.parse(amount.unit), units.parse(supply.unit)))
            .times(shareOfYear(period));
    return quantity.compare(Fraction.zero) > 0 ? [{ flow, item, supply, use, quantity }] : [];
  });
}

/** Holds the streams of each supplier to what it has left, in one proportion. */
function lessen(streams: readonly Stream[]): Stream[] {
  const wished = new Map<Pool, Fraction>();
  for (const { supply, quantity } of streams) wished.set(supply, (wished.get(supply) ?? Fraction.zero).plus(quantity));
  return streams.flatMap((stream) => {
    const { supply, quantity } = stream;
    const all = wished.get(supply)!;
    if (supply.quantity.compare(Fraction.zero) <= 0) return [];
    return all.compare(supply.quantity) <= 0
      ? [stream]
      : [{ ...stream, quantity: quantity.times(supply.quantity).dividedBy(all) }];
  });
}

/** Of each line of the beneficiary a part for each stream, and the rest; all of it in proportion when there is no rest. */
function linesOf({ left, quantity: whole }: Pool, streams: readonly Stream[]): AccountLine[] {
  const taken = streams.reduce((sum, { quantity }) => sum.plus(quantity), Fraction.zero);
  const rest = whole.minus(taken);
  const shares = [
    ...streams.map(({ flow, quantity }) => ({ code: flow.id, weight: quantity })),
    // Sorts behind every id, so that a fen that could go to either is taken back.
    { code: '~', weight: rest.compare(Fraction.zero) > 0 ? rest : Fraction.zero },
  ];
  return left.flatMap(({ line, quantity, fen }) => {
    const [parts, quantities] = [allocate(fen, shares), shareQuantity(quantity, shares)];
    return streams.map(({ flow, supply }): AccountLine => ({
      ...line,
      quantity: -quantities.get(flow.id)!,
      supplied: null,
      valueFen: -parts.get(flow.id)!,
      grade: weakerGrade(line.grade, supply.grade),
      flow: flow.id,
    }));
  });
}

const exactly = (quantity: number): Fraction => Fraction.parse(String(quantity))!;

const smaller = (a: Fraction, b: Fraction): Fraction => (a.compare(b) <= 0 ? a : b);
